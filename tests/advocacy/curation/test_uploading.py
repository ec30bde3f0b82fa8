"""Files sent ahead of the form, as the page's script does."""

from io import BytesIO

import pytest
from flask import get_template_attribute
from sqlalchemy import select

from content.media import Media, MediaKind
from content.readiness import MOST_PICTURES
from tests.advocacy.curation.conftest import filled, picture_file
from tests.advocacy.curation.reading import errors_of, form_of
from tests.content.samples import clip, pdf


def sent(editor, file, kind="picture"):
    answer = editor.post("/curate/upload", data={"kind": kind, "file": file})
    answer.request.environ["wsgi.input"].close()
    return answer


def test_a_picture_is_stored_and_its_row_comes_back(editor, session):
    answer = sent(editor, picture_file(name="Sluis é.jpg"))

    assert answer.status_code == 200
    stored = session.scalars(select(Media)).one()
    told = answer.json
    assert (told["media"], told["name"]) == (stored.public_id, "Sluis é.jpg")
    assert (told["width"], told["height"]) == (900, 1200)
    assert f'name="media" value="{stored.public_id}"' in told["row"]
    assert f'id="alt-{stored.public_id}"' in told["row"]
    assert stored.item_id is None
    # Others may stand before it: the page's style hides this on the first.
    assert f'value="media-up:{stored.public_id}"' in told["row"]


def test_the_form_takes_what_was_sent_ahead(editor, session):
    media = sent(editor, picture_file()).json["media"]
    wish = filled(kind="pictures", media=media, alt="Cabinets")
    assert editor.post("/curate/new", data=wish).status_code == 302
    session.expire_all()
    assert session.scalars(select(Media)).one().item_id is not None


def test_a_video_says_how_long_it_is_and_whether_it_has_sound(editor, tmp_path):
    with clip(tmp_path / "a.mov", sound=False).open("rb") as film:
        told = sent(editor, (film, "a.mov"), kind="video").json
    assert "0:03 long, without sound" in told["row"]


@pytest.mark.parametrize(
    ("seconds", "said"), [(13.4, "0:13"), (13.96, "0:14"), (59.7, "1:00"), (0, "0:00")]
)
def test_the_length_of_a_video_is_said_to_the_nearest_second(app, seconds, said):
    with app.test_request_context():
        length_of = get_template_attribute("library/parts.html", "length_of")
        assert length_of(seconds) == said


@pytest.mark.parametrize(
    ("file", "kind", "sentence"),
    [
        ((None, ""), "picture", "There is no file in what was sent."),
        (picture_file(), "poem", "There is no file in what was sent."),
        (picture_file(b"GIF89a..", "a.gif"), "picture", "We cannot take GIF files."),
        (picture_file(b"words", "a.mp4"), "video", "a.mp4: Inside, this file is not"),
        (picture_file(b"words", "a.docx"), "document", "We cannot take DOCX files."),
        (
            picture_file(b"words", "a.pdf"),
            "document",
            "a.pdf: Inside, this file is not",
        ),
        (picture_file(pdf(301), "a.pdf"), "document", "more than 300 pages"),
    ],
    ids=["nothing", "kind", "gif", "no video", "docx", "no pdf", "too many pages"],
)
def test_what_is_refused_says_why(editor, session, file, kind, sentence):
    data = {"kind": kind} | ({"file": file} if file[0] else {})
    answer = editor.post("/curate/upload", data=data)
    assert answer.status_code == 422
    assert sentence in answer.json["error"]
    assert session.scalars(select(Media)).all() == []


def test_a_request_that_is_too_large_gets_the_page_that_says_so(editor, app):
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = sent(editor, picture_file())
    assert answer.status_code == 413
    assert "That is too large" in answer.text


def test_the_limit_is_said_before_anybody_chooses_a_file(editor):
    page = editor.get("/curate/new").text
    assert "JPEG, PNG or WebP, up to 8 MB and 36 million pixels." in page
    assert "MP4 or MOV, up to 200 MB and 10 minutes." in page
    assert f'data-max="{8 * 1024 * 1024}"' in page
    assert f'data-max="{200 * 1024 * 1024}"' in page
    assert "PDF, up to 100 MB and 300 pages." in page
    assert f'data-max="{100 * 1024 * 1024}"' in page


def test_a_second_video_takes_the_place_of_the_first(editor, tmp_path):
    film = clip(tmp_path / "a.mp4").read_bytes()
    first = sent(editor, (BytesIO(film), "a.mp4"), kind="video").json["media"]
    wish = filled(kind="video", media=first, alt="", do="look")
    answer = editor.post("/curate/new", data=wish | {"video": (BytesIO(film), "b.mp4")})
    (kept,) = form_of(answer)["media"]
    assert kept != first


def test_a_document_says_how_many_pages_it_has_and_asks_for_no_description(editor):
    told = sent(editor, (BytesIO(pdf(3)), "Plan.pdf"), kind="document").json
    assert "3 pages" in told["row"]
    assert "<label" not in told["row"]


def test_a_second_document_takes_the_place_of_the_first(editor):
    first = sent(editor, (BytesIO(pdf(1)), "a.pdf"), kind="document").json["media"]
    wish = filled(kind="document", media=first, alt="", do="look")
    files = {"document": (BytesIO(pdf(2)), "b.pdf")}
    answer = editor.post("/curate/new", data=wish | files)
    (kept,) = form_of(answer)["media"]
    assert kept != first


def test_a_document_item_needs_its_document_and_nothing_else(editor, session):
    answer = editor.post("/curate/new", data=filled(kind="document", link=""))
    assert errors_of(answer)["document"].startswith("Add a PDF")
    media = sent(editor, (BytesIO(pdf(2)), "a.pdf"), kind="document").json["media"]
    wish = filled(kind="document", link="", media=media, alt="")
    assert editor.post("/curate/new", data=wish).status_code == 302
    session.expire_all()
    assert session.scalars(select(Media)).one().item_id is not None


def stored_pictures(session, count):
    """Rows are enough: only their number is asked for."""
    rows = [
        Media(
            kind=MediaKind.PICTURE,
            stored_name=f"{number}.jpg",
            content_type="image/jpeg",
            width=640,
            height=480,
            size_bytes=1,
            sha256=f"{number:064d}",
        )
        for number in range(count)
    ]
    session.add_all(rows)
    session.commit()
    return [row.public_id for row in rows]


def test_a_picture_too_many_is_refused_when_it_comes_and_the_rest_is_kept(
    editor, session
):
    held = stored_pictures(session, MOST_PICTURES - 1)
    coming = [picture_file(name="last.jpg"), picture_file(name="beyond.jpg")]
    wish = filled(kind="pictures", media=held, alt=["Cabinets"] * len(held))

    page = editor.post("/curate/new", data=wish | {"picture": coming})

    assert page.status_code == 422
    said = "beyond.jpg: An item takes 20 pictures at most."
    assert errors_of(page)["picture"] == said
    kept = form_of(page)
    assert kept["media"][:-1] == held
    assert len(kept["media"]) == MOST_PICTURES
    names = set(session.scalars(select(Media.original_name)))
    assert {"last.jpg", "beyond.jpg"} & names == {"last.jpg"}


def test_a_folder_that_takes_nothing_is_said_and_the_form_kept(editor, app):
    """The disk is full, or away."""
    folder = app.extensions["advocacy"].outside.files.folder
    folder.rename(folder.with_name("away"))
    folder.write_bytes(b"")
    try:
        sent = {"kind": "picture", "file": picture_file()}
        ahead = editor.post("/curate/upload", data=sent)
        whole = editor.post("/curate/new", data=filled(picture=picture_file()))
    finally:
        folder.unlink()
        folder.with_name("away").rename(folder)

    assert ahead.status_code == whole.status_code == 422
    assert "We cannot store files just now." in ahead.get_data(as_text=True)
    assert form_of(whole)["title"] == [filled()["title"]]
