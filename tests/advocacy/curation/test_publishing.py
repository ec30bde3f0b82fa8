"""The three publishings: a link, a picture from a phone, a video; drafts and days."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from content.items import Item, ItemKind, ItemState
from content.media import Media, MediaKind
from integrations.clock import clock_at
from tests.advocacy.curation.conftest import filled, picture_file
from tests.advocacy.curation.reading import errors_of, form_of
from tests.content.samples import clip

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
SRT = "1\n00:00:00,500 --> 00:00:02,000\nIk zei stop. 🎉\n"


def the_item(session):
    session.expire_all()
    return session.scalars(select(Item)).one()


def loaded(session, relation):
    item = the_item(session)
    session.refresh(item, [relation])
    return getattr(item, relation)


def test_a_link_with_three_wordings_is_published_at_once(editor, session):
    with clock_at(AT):
        answer = editor.post("/curate/new", data=filled())
        page = editor.get("/curate").text

    assert (answer.status_code, answer.location) == (302, "/curate")
    item = the_item(session)
    assert (item.state, item.kind) == (ItemState.PUBLISHED, ItemKind.LINK)
    assert (item.offered_at, item.expires_at) == (AT, None)
    assert item.link_address == "https://veenstroom.example/news/street-battery"
    wordings = loaded(session, "wordings")
    assert [(one.angle.value, one.language) for one in wordings] == [
        ("expert", "en"),
        ("team", "en"),
        ("personal", "nl"),
    ]
    assert [topic.slug for topic in loaded(session, "topics")] == ["grid"]
    assert "Published. Colleagues see it in the library from now on." in page
    assert f'<a href="/items/{item.id}">Open it in the library</a>' in page
    assert "since 19 November" in page


def test_a_later_day_plans_it_on_the_organisations_clock(editor, session):
    wish = filled(appears="2026-11-23T07:30", leaves="2027-01-09")
    with clock_at(AT):
        editor.post("/curate/new", data=wish)
        page = editor.get("/curate").text

    item = the_item(session)
    assert item.state is ItemState.PUBLISHED
    assert item.offered_at == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert item.expires_at == datetime(2027, 1, 9, 22, 59, tzinfo=UTC)
    assert "Planned for Monday 23 November at 07:30." in page
    assert f'<a href="/curate/{item.id}/as-employees">See it as colleagues will' in page
    assert "appears Monday 23 November at 07:30" in page


def test_a_picture_from_a_phone_becomes_upright_and_loses_its_place(editor, session):
    wish = filled(kind="pictures", picture=picture_file(name="IMG_2041.JPG"))
    refused = editor.post("/curate/new", data=wish)

    assert refused.status_code == 422
    sent = form_of(refused, alt="A row of cabinets between trees", do="publish")
    (public_id,) = sent["media"]
    assert set(errors_of(refused)) == {f"alt-{public_id}"}
    answer = editor.post("/curate/new", data=sent)

    assert answer.status_code == 302
    (picture,) = loaded(session, "media")
    assert (picture.public_id, picture.original_name) == (public_id, "IMG_2041.JPG")
    assert (picture.width, picture.height) == (900, 1200)
    assert picture.alt == "A row of cabinets between trees"
    with editor.get(f"/media/{public_id}/full") as shown:
        assert shown.data[:2] == b"\xff\xd8"
        assert b"Telefoonmaker" not in shown.data


def test_a_video_from_a_camera_needs_captions_and_becomes_an_mp4(
    editor, session, tmp_path
):
    with clip(tmp_path / "stop.mov").open("rb") as film:
        wish = filled(kind="video", link="", video=(film, "stop.MOV"))
        refused = editor.post("/curate/new", data=wish)
    assert refused.status_code == 422
    assert set(errors_of(refused)) == {"captions"}
    assert "with sound" in refused.text

    captions = picture_file(SRT.encode(), "stop.srt")
    sent = form_of(refused, captions_file=captions, captions_language="nl")
    answer = editor.post("/curate/new", data=sent | {"do": "publish"})

    assert answer.status_code == 302
    (video,) = loaded(session, "media")
    assert (video.kind, video.content_type) == (MediaKind.VIDEO, "video/mp4")
    assert video.captions_language == "nl"
    with editor.get(f"/media/{video.public_id}/captions") as captions:
        assert "Ik zei stop. 🎉" in captions.text
    again = form_of(editor.get(f"/curate/{the_item(session).id}"))
    assert again["captions_text"][0].startswith("WEBVTT")


def test_a_transcript_does_in_place_of_captions(editor, session, tmp_path):
    with clip(tmp_path / "stop.mp4").open("rb") as film:
        wish = filled(kind="video", link="", transcript="I said stop.")
        answer = editor.post("/curate/new", data=wish | {"video": (film, "stop.mp4")})
    assert answer.status_code == 302
    assert loaded(session, "media")[0].transcript == "I said stop."


def test_a_video_with_a_hum_in_which_nobody_speaks_needs_no_captions(
    editor, session, tmp_path
):
    with clip(tmp_path / "hum.mp4").open("rb") as film:
        wish = filled(kind="video", link="", video=(film, "hum.mp4"))
        refused = editor.post("/curate/new", data=wish)
    said = errors_of(refused)["captions"]
    assert said.startswith("This video has sound.")
    assert said.endswith("or say that nobody speaks in it.")
    sent = form_of(refused, nobody_speaks="on") | {"do": "publish"}
    assert editor.post("/curate/new", data=sent).status_code == 302
    assert loaded(session, "media")[0].nobody_speaks

    item = the_item(session)
    assert form_of(editor.get(f"/curate/{item.id}"))["nobody_speaks"] == ["on"]
    assert "Nobody speaks in this video." in editor.get(f"/items/{item.id}").text


def test_a_draft_needs_a_title_and_nothing_else(editor, session, as_colleague):
    bare = {"kind": "message", "title": "Winter tyres", "language": "en"}
    answer = editor.post("/curate/new", data=bare | {"do": "draft"})

    assert answer.status_code == 302
    item = the_item(session)
    assert (item.state, item.title) == (ItemState.DRAFT, "Winter tyres")
    assert as_colleague().get(f"/items/{item.id}").status_code == 404
    page = editor.get("/curate").text
    assert "Kept as a draft." in page
    assert "3 things still open" in page


def test_a_draft_without_a_title_comes_back(editor, session):
    answer = editor.post("/curate/new", data=filled(title=" ", do="draft"))
    assert answer.status_code == 422
    assert errors_of(answer) == {"title": "Give it a title."}
    assert session.scalars(select(Item)).all() == []


def test_pressing_publish_twice_makes_one_item(editor, session):
    wish = filled(kind="pictures", picture=picture_file(), do="look")
    form = editor.post("/curate/new", data=wish)
    sent = form_of(form, alt="Cabinets", do="publish")
    answers = [editor.post("/curate/new", data=sent) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert the_item(session).state is ItemState.PUBLISHED
    assert len(loaded(session, "media")) == 1


@pytest.fixture
def published(editor, session):
    with clock_at(AT):
        editor.post("/curate/new", data=filled(leaves="2026-12-12"))
    return the_item(session)


def test_saving_a_published_item_untouched_changes_nothing(editor, session):
    """Also where the boxes cannot show a moment to the second or an hour of the day."""
    moment = AT.replace(second=37)
    with clock_at(moment):
        editor.post("/curate/new", data=filled())
    item = the_item(session)
    item.expires_at = datetime(2026, 12, 12, 12, tzinfo=UTC)
    session.commit()
    before = (moment, item.expires_at, item.epoch)
    address = f"/curate/{item.id}"
    with clock_at(moment):
        answer = editor.post(address, data=form_of(editor.get(address), do="publish"))
    assert answer.status_code == 302
    item = the_item(session)
    assert (item.offered_at, item.expires_at, item.epoch) == before


def test_another_link_asks_for_a_new_confirmation_of_planned_posts(
    editor, session, published
):
    epoch, address = published.epoch, f"/curate/{published.id}"
    with clock_at(AT):
        form = editor.get(address)
        sent = form_of(form, do="publish", link="https://veenstroom.example/b")
        editor.post(address, data=sent)
        page = editor.get("/curate").text
    assert "they are asked to confirm them again" in form.text
    assert the_item(session).epoch == epoch + 1
    assert "Colleagues who planned a post of it confirm it once more first." in page


def test_a_published_item_cannot_be_saved_unfit_for_the_library(
    editor, session, published
):
    address = f"/curate/{published.id}"
    with clock_at(AT):
        sent = form_of(editor.get(address), do="draft", why="")
        answer = editor.post(address, data=sent)
    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"why"}
    assert the_item(session).why


def test_another_items_files_cannot_be_taken(editor, session):
    first = editor.post("/curate/new", data=filled(picture=picture_file(), do="look"))
    sent = form_of(first, alt="Cabinets", do="publish")
    editor.post("/curate/new", data=sent)
    thief = filled(kind="pictures", title="Mine now", media=sent["media"], alt="Mine")

    answer = editor.post("/curate/new", data=thief)

    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"picture"}
    session.expire_all()
    owner = session.scalars(select(Media)).one()
    assert owner.item_id == the_item(session).id


def test_what_a_kind_does_not_carry_stays_behind(editor, session):
    """The form hides it, and shows it again when the kind is changed back."""
    form = editor.post("/curate/new", data=filled(picture=picture_file(), do="look"))
    sent = form_of(form, kind="message", alt="Cabinets", do="publish")
    assert editor.post("/curate/new", data=sent).status_code == 302
    item = the_item(session)
    assert (item.kind, item.link_address) == (ItemKind.MESSAGE, None)
    assert loaded(session, "media") == []
    assert session.scalars(select(Media)).one().item_id is None
