"""Captions and descriptions: what is said when they are missing, wrong or another file's."""

import re
from io import BytesIO

from tests.advocacy.curation.conftest import filled, picture_file
from tests.advocacy.curation.reading import errors_of
from tests.advocacy.curation.test_bad_input import PLAIN, refused
from tests.content.samples import clip


def test_each_of_several_pictures_without_a_description_is_named(editor):
    sent = [
        picture_file(name="mast.jpg"),
        picture_file(PLAIN, "same.jpg"),
        picture_file(PLAIN, "same.jpg"),
    ]
    wish = filled(kind="pictures", link="", picture=sent)
    errors = errors_of(editor.post("/curate/new", data=wish))
    why = "Describe the picture in one sentence, for people who cannot see it."
    assert list(errors.values()) == [
        f"mast.jpg: {why}",
        f"Picture 2: {why}",
        f"Picture 3: {why}",
    ]


def test_a_single_picture_without_a_description_needs_no_name(editor):
    wish = filled(kind="pictures", link="", picture=[picture_file()])
    (said,) = errors_of(editor.post("/curate/new", data=wish)).values()
    assert said.startswith("Describe the picture")


def test_captions_that_are_none_are_refused(editor, session):
    file = (BytesIO(b"\x00\x01"), "a.srt")
    wish = filled(kind="video", link="", captions_file=file, captions_text="One line.")
    errors = refused(editor, session, wish)
    assert errors["captions_file"].startswith("a.srt: These are no captions.")
    assert errors["captions_text"].startswith("There are no times in it.")


def test_captions_without_times_are_one_error_that_shows_how_times_look(
    editor, session, tmp_path
):
    with clip(tmp_path / "a.mp4").open("rb") as film:
        wish = filled(
            kind="video", link="", captions_text="I said stop.\nNobody asked."
        )
        errors = refused(editor, session, wish | {"video": (film, "a.mp4")})
    assert list(errors) == ["captions_text"]
    assert "such as 00:01.000 --> 00:04.000" in errors["captions_text"]


def test_captions_that_go_on_after_the_video_are_taken_for_those_of_another(
    editor, session, tmp_path
):
    late = "WEBVTT\n\n09:03.000 --> 09:05.000\nAnd that was that."
    with clip(tmp_path / "a.mp4").open("rb") as film:
        wish = filled(kind="video", link="", captions_text=late)
        errors = refused(editor, session, wish | {"video": (film, "a.mp4")})
    assert errors["captions_text"] == (
        "The last caption begins at 9:03, and the video ends at 0:03. Are these the"
        " captions of another video?"
    )


def test_a_caption_may_end_after_the_video_if_it_begins_before(editor, tmp_path):
    last = "WEBVTT\n\n00:03.000 --> 00:08.000\nAnd that was that."
    with clip(tmp_path / "a.mp4").open("rb") as film:
        wish = filled(kind="video", link="", captions_text=last)
        answer = editor.post("/curate/new", data=wish | {"video": (film, "a.mp4")})
    assert answer.status_code == 302


def test_the_look_of_captions_is_said_before_anybody_types_them(editor):
    page = editor.get("/curate/new").text
    (help_text,) = re.findall(r'id="captions_text-help">(.*?)</p>', page, re.DOTALL)
    assert "00:01.000 --&gt; 00:04.000" in help_text


def test_a_wrong_time_in_captions_is_named_by_its_line(editor, session):
    wish = filled(kind="video", link="", captions_text="1\n00:00:09 --> soon\nHello")
    errors = refused(editor, session, wish)
    assert errors["captions_text"] == "Line 2 holds a time we cannot read."
