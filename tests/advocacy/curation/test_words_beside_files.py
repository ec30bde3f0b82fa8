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


def with_film(folder, captions):
    """A form with a video of some three seconds, and these captions."""
    film = BytesIO(clip(folder / "a.mp4").read_bytes())
    wish = filled(kind="video", link="", captions_text=captions)
    return wish | {"video": (film, "a.mp4")}


def test_captions_that_are_none_are_refused(editor, session):
    file = (BytesIO(b"\x00\x01"), "a.srt")
    wish = filled(kind="video", link="", captions_file=file, captions_text="One line.")
    errors = refused(editor, session, wish)
    assert errors["captions_file"].startswith("a.srt: These are no captions.")
    assert errors["captions_text"].startswith("There are no times in it.")


def test_captions_without_times_are_one_error_that_shows_how_times_look(
    editor, session, tmp_path
):
    wish = with_film(tmp_path, "I said stop.\nNobody asked.")
    errors = refused(editor, session, wish)
    assert list(errors) == ["captions_text"]
    assert "such as 00:01.000 --> 00:04.000" in errors["captions_text"]


def test_captions_that_go_on_after_the_video_are_taken_for_those_of_another(
    editor, session, tmp_path
):
    late = "WEBVTT\n\n09:03.000 --> 09:05.000\nAnd that was that."
    errors = refused(editor, session, with_film(tmp_path, late))
    assert errors["captions_text"] == (
        "The last caption begins at 9:03, and the video ends at 0:03. Are these the"
        " captions of another video?"
    )


def test_a_caption_may_end_after_the_video_if_it_begins_before(editor, tmp_path):
    last = "WEBVTT\n\n00:03.000 --> 00:08.000\nAnd that was that."
    answer = editor.post("/curate/new", data=with_film(tmp_path, last))
    assert answer.status_code == 302


def test_a_caption_that_stays_long_after_the_video_has_a_wrong_time(
    editor, session, tmp_path
):
    stays = "WEBVTT\n\n00:01.000 --> 09:05.000\nNobody asked why.\n\n00:02.000 --> 00:03.000\nNo."
    errors = refused(editor, session, with_film(tmp_path, stays))
    assert errors["captions_text"] == (
        "A caption stays until 9:05, and the video ends at 0:03. Correct its time."
    )


def test_the_look_of_captions_is_said_before_anybody_types_them(editor):
    page = editor.get("/curate/new").text
    (help_text,) = re.findall(r'id="captions_text-help">(.*?)</p>', page, re.DOTALL)
    assert "00:01.000 --&gt; 00:04.000" in help_text


def test_a_wrong_time_in_captions_is_named_by_its_line(editor, session):
    wish = filled(kind="video", link="", captions_text="1\n00:00:09 --> soon\nHello")
    errors = refused(editor, session, wish)
    assert errors["captions_text"] == "Line 2 holds a time we cannot read."
