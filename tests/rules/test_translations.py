"""Every sentence exists in Dutch too, and says nothing this service never says."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "advocacy" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true"}}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# Words of pressure and rank (design.md 5 and 7, privacy.md 5), in both languages.
NEVER = re.compile(
    r"\b(leaderboard|ranking|ranglijst|top sharers?|streak|badge|points earned|punten|"
    r"don.t miss|mis het niet|colleagues already|collega.s gingen je voor|"
    r"reach more people|engagement|potential|oops|oeps|inactive|inactief)\b|!",
    re.IGNORECASE,
)


def _messages():
    found = set()
    for folder in ("advocacy", "templates"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, KEYWORDS
        ):
            found.add(message if isinstance(message, str) else tuple(message))
    return found


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl")


def test_every_sentence_is_translated(catalogue):
    missing = []
    for message in _messages():
        key = message if isinstance(message, str) else message[0]
        entry = catalogue.get(key)
        texts = (
            [entry.string]
            if entry and isinstance(entry.string, str)
            else list(entry.string)
            if entry
            else [""]
        )
        if not all(texts) or "fuzzy" in (entry.flags if entry else ()):
            missing.append(key)
    assert missing == []


def test_no_translation_is_left_of_a_sentence_that_is_gone(catalogue):
    known = {m if isinstance(m, str) else m[0] for m in _messages()}
    left = [
        entry.id if isinstance(entry.id, str) else entry.id[0]
        for entry in catalogue
        if entry.id
    ]
    assert [key for key in left if key not in known] == []


def test_placeholders_are_the_same_in_both_languages(catalogue):
    for entry in catalogue:
        if not entry.id:
            continue
        ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        texts = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        wanted = set(re.findall(r"%\((\w+)\)s", " ".join(ids)))
        for text in texts:
            assert set(re.findall(r"%\((\w+)\)s", text)) <= wanted, entry.id
        assert set(re.findall(r"%\((\w+)\)s", " ".join(texts))) == wanted, entry.id


def test_no_sentence_presses_or_ranks(catalogue):
    pressing = []
    for entry in catalogue:
        if not entry.id:
            continue
        ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        texts = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        pressing += [text for text in [*ids, *texts] if NEVER.search(text)]
    assert pressing == []
