"""What documents name exists: files, names in recipes, tests that prove something."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
FILE = re.compile(
    r"`((?:advocacy|content|integrations|templates|tests|docs|requirements)/[\w./*-]+)`"
)
# A file by its name alone, in a line about its folder or where its name says enough.
BARE = re.compile(r"`([\w-]+\.(?:py|html|toml|css|mjs|js))`")
# Parts of a path: no file of ours has them as its whole path.
PARTS = re.compile(r"`((?!https?:)[\w-]+/[\w./-]+\.(?:py|html|toml|css|mjs|js))`")
NAME = re.compile(r"`@?([A-Za-z_]\w*)(?:\([^`]*\))?`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_every_file_a_document_names_exists(document: Path) -> None:
    words = document.read_text()
    named = [ROOT / name for name in FILE.findall(words) if "*" not in name]
    named += [document.parent / name for name in LINK.findall(words)]
    assert [str(file) for file in named if not file.exists()] == []


def test_every_file_that_goes_by_its_name_alone_exists() -> None:
    ours = {
        file.name
        for folder in ("advocacy", "content", "integrations", "templates", "tests")
        for file in (ROOT / folder).rglob("*.*")
    } | {file.name for file in ROOT.iterdir()}
    named = {
        (document.name, name)
        for document in DOCUMENTS
        for name in BARE.findall(document.read_text())
    }
    assert len(named) > 5
    assert {one for one in named if one[1] not in ours} == set()


def test_no_path_begins_in_the_middle() -> None:
    for document in DOCUMENTS:
        named = PARTS.findall(document.read_text())
        assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_recipes_name_files_at_all() -> None:
    assert len(FILE.findall((ROOT / "docs" / "recipes.md").read_text())) > 20


def test_every_name_a_recipe_gives_is_in_a_file_named_beside_it() -> None:
    checked = 0
    for line in (ROOT / "docs" / "recipes.md").read_text().splitlines():
        files = [ROOT / name for name in FILE.findall(line) if (ROOT / name).is_file()]
        words = set(re.findall(r"\w+", "\n".join(file.read_text() for file in files)))
        names = NAME.findall(line) if files else []
        assert [name for name in names if name not in words] == [], line
        checked += len(names)
    assert checked > 15


def test_every_test_that_is_named_as_a_proof_exists() -> None:
    named = re.findall(
        r"`(tests/[\w/.]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "never.md").read_text()
    )
    assert len(named) > 20
    for file, test in named:
        # A file is named alone where all of it is the proof.
        assert f"def {test or 'test_'}" in (ROOT / file).read_text(), (file, test)
