"""What cannot be published comes back with status 422, whole, and the reason beside its field."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from content.items import Item
from content.media import Media
from content.pictures import LARGEST_PICTURE
from tests.advocacy.curation.conftest import filled, picture_file
from tests.advocacy.curation.reading import errors_of, form_of
from tests.content.samples import clip, encode

PLAIN = encode(Image.new("RGB", (300, 200), (20, 90, 74)), "JPEG")


def as_lists(form):
    return {
        name: value if isinstance(value, list) else [value]
        for name, value in form.items()
    }


def refused(editor, session, wish):
    """Post it; nothing typed is lost and nothing is stored. The errors by field."""
    typed = {
        name: value
        for name, value in as_lists(wish).items()
        if name not in {"picture", "video", "captions_file", "do"}
    }
    answer = editor.post("/curate/new", data=wish)
    answer.request.environ["wsgi.input"].close()  # large ones wait in a file
    assert answer.status_code == 422
    kept = form_of(answer)
    # An unticked box sends nothing, and an unknown choice cannot be shown as chosen.
    assert {name: kept.get(name) for name in typed} == typed
    assert 'role="alert" tabindex="-1" data-errors autofocus' in answer.text
    assert session.scalars(select(Item)).all() == []
    return errors_of(answer)


def test_an_empty_form_says_all_that_is_missing(editor, session):
    wish = filled(link="", title="", why="", wording=["", "", ""])
    del wish["topic"]
    assert refused(editor, session, wish) == {
        "link": "Which page is it about? Paste its address.",
        "title": "Give it a title.",
        "why": "Say in a sentence or two why this matters.",
        "wordings": "Add 3 more wordings: three that differ let people choose.",
        "topics": "Choose at least one topic.",
    }


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("veenstroom.example/news", "Begin the address with https://"),
        ("javascript:alert(1)", "Only addresses that begin with https:// or http://"),
        ("http://127.0.0.1/", "leads into our own network"),
        ("http://192.168.1.10/", "leads into our own network"),
        ("http://0x7f.1/", "not an address we can read"),
        ("https://intranet/news", "leads into our own network"),
        ("https://me:secret@veenstroom.example/", "a name or password in it"),
        ("https://veenstroom.example:22/", "a port number that is not for web pages"),
        ("https://", "not an address we can read"),
        (f"https://veenstroom.example/{'a' * 2100}", "too long to share"),
    ],
)
def test_an_address_that_cannot_be_shared_is_refused(
    editor, session, address, sentence
):
    errors = refused(editor, session, filled(link=address))
    assert set(errors) == {"link"}
    assert sentence in errors["link"]


def test_a_wording_of_3001_characters_is_refused_with_what_is_too_many(editor, session):
    texts = ["a" * 3001, "🎉" * 1501, "Short and different."]
    assert refused(editor, session, filled(wording=texts)) == {
        "wording-1": "1 character too many. LinkedIn takes 3,000 at most.",
        "wording-2": "2 characters too many. LinkedIn takes 3,000 at most.",
    }


def test_reserved_characters_and_emoji_come_back_as_they_were(editor, session):
    odd = 'A "quoted" <b>title</b> & {braces} | (a_b) 👩🏽‍🔧 é'
    errors = refused(editor, session, filled(title=odd, why=""))
    assert set(errors) == {"why"}


def test_the_same_wording_twice_is_refused(editor, session):
    wish = filled(wording=["Once.", "Twice.", "Once."])
    assert set(refused(editor, session, wish)) == {"wording-3"}


def test_days_the_wrong_way_round_are_refused(editor, session):
    wish = filled(appears="2036-11-23T07:30", leaves="2036-11-20")
    sentence = "This day lies before the day on which it appears."
    assert refused(editor, session, wish) == {"leaves": sentence}


def test_an_end_in_the_past_is_refused(editor, session):
    assert set(refused(editor, session, filled(leaves="2020-01-01"))) == {"leaves"}


def test_an_hour_that_the_clock_skips_is_refused(editor, session):
    errors = refused(editor, session, filled(appears="2037-03-29T02:30"))
    sentence = "That hour does not exist: the clocks go forward that night."
    assert errors == {"appears": sentence}


@pytest.mark.parametrize("day", ["0001-01-01", "2026-02-30", "9999-12-31", "later"])
def test_what_is_no_date_is_refused(editor, session, day):
    wish = filled(appears="soon", leaves=day)
    assert set(refused(editor, session, wish)) == {"appears", "leaves"}


def test_a_title_that_is_too_long_says_the_limit(editor, session):
    errors = refused(editor, session, filled(title="a" * 201))
    assert errors == {"title": "Make it shorter: 200 characters at most."}


def test_captions_in_an_unknown_language_are_refused(editor):
    said = "1\n00:00:01 --> 00:00:02\nHoi"
    wish = filled(kind="video", captions_text=said, captions_language="xx")
    answer = editor.post("/curate/new", data=wish)
    assert "captions_text" in errors_of(answer)
    assert form_of(answer)["captions_text"] == [said]


def test_a_choice_that_is_not_on_the_list_is_refused(editor):
    answer = editor.post("/curate/new", data=filled(kind="poll", language="fr"))
    assert answer.status_code == 422
    assert {"kind", "language"} <= set(errors_of(answer))


def test_a_picture_without_a_description_is_refused_and_stays(editor, session):
    wish = filled(kind="pictures", picture=[picture_file(), picture_file(PLAIN)])
    answer = editor.post("/curate/new", data=wish)
    kept = form_of(answer)["media"]
    assert set(errors_of(answer)) == {f"alt-{public_id}" for public_id in kept}
    assert len(kept) == 2
    stored = session.scalars(select(Media)).all()
    assert {media.public_id for media in stored} == set(kept)


def bomb():
    """A small file that says it is 20,000 pixels wide and high."""
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(2_000_000), 9)

    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"%PDF-1.7 hello", "a.jpg", "a.jpg: We cannot take PDF files."),
        (b"MZ\x90\x00", "a.exe", "a.exe: We cannot take EXE files."),
        (b"just words", "a.png", "a.png: Inside, this file is not a picture."),
        (b"", "a.png", "a.png: This file is empty."),
        (PLAIN[: len(PLAIN) // 2], "half.jpg", "half.jpg: The end of this file"),
        (bytes(LARGEST_PICTURE + 1), "a.jpg", "a.jpg: This file is larger than 8 MB."),
        (bomb(), "a.png", "a.png: This picture has more than 36 million pixels."),
    ],
    ids=["pdf", "exe", "words", "empty", "truncated", "large", "bomb"],
)
def test_a_file_that_is_no_picture_is_refused_by_name(
    editor, session, data, name, sentence
):
    errors = refused(editor, session, filled(picture=picture_file(data, name)))
    assert set(errors) == {"picture"}
    assert errors["picture"].startswith(sentence)
    assert session.scalars(select(Media)).all() == []


def test_one_bad_file_does_not_cost_the_good_one(editor, session):
    files = [picture_file(PLAIN, "good.jpg"), picture_file(b"no", "bad.jpg")]
    errors = refused(editor, session, filled(kind="pictures", picture=files))
    assert "bad.jpg" in errors["picture"]
    assert session.scalars(select(Media.original_name)).all() == ["good.jpg"]


def test_a_truncated_video_is_refused(editor, session, tmp_path):
    whole = clip(tmp_path / "a.mp4").read_bytes()
    half = (BytesIO(whole[: len(whole) // 2]), "a.mp4")
    errors = refused(editor, session, filled(kind="video", link="", video=half))
    assert "The end of this video is missing." in errors["video"]


def test_a_form_in_dutch_says_it_in_dutch_or_not_at_all_in_codes(editor):
    """The codes themselves never reach the page."""
    with editor.session_transaction() as cookie:
        cookie["language"] = "nl"
    answer = editor.post("/curate/new", data=filled(title="", why="", link="x"))
    for code in ("missing", "no_scheme", "too_few"):
        assert f">{code}<" not in answer.text
    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["http://[", "http://[::1", "//[", "http://a]b/"])
@pytest.mark.parametrize("button", ["look", "draft", "publish", "fetch"])
def test_an_address_half_typed_loses_nothing(editor, address, button):
    answer = editor.post("/curate/new", data=filled(do=button, link=address))

    assert answer.status_code in {200, 422}
    assert form_of(answer)["title"] == [filled()["title"]]
