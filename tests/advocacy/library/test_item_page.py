"""One item: what it is, why it matters, and what can be done with it."""

from datetime import timedelta

import pytest

from content.items import ItemKind, ItemState
from content.media import MediaKind
from integrations.clock import now
from tests.advocacy.library.pictures import add_picture
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item


def test_an_item_says_what_it_is_and_why_it_matters(reader, story):
    page = reader.get(f"/items/{story.id}")
    said = words(page)
    assert "Room on the grid Link" in said
    assert "Why this matters 2,300 homes can get off the waiting list." in said
    assert "Serves the goal Room by 2030" in said
    source = page.get_data(as_text=True)
    assert f'href="{story.link_address}" target="_blank" rel="noopener' in source
    assert source.count("<h1") == 1


def test_the_box_is_empty_with_ways_in_beside_it(reader, story):
    page = reader.get(f"/items/{story.id}")
    assert '"></textarea>' in page.get_data(as_text=True)
    assert words(page).count("Start from this") == 3
    assert "Eenenveertig masten" not in words(page)


def test_without_a_script_a_page_begins_at_its_beginning(reader, story):
    assert "autofocus" not in reader.get(f"/items/{story.id}").get_data(as_text=True)


def test_each_way_to_send_says_what_its_button_does(
    reader, browser_of, newcomer, story
):
    for browser in (reader, browser_of(newcomer)):
        said = words(browser.get(f"/items/{story.id}"))
        assert "Make it ready to paste" in said
        assert "Copy and open LinkedIn" not in said


@pytest.mark.parametrize(
    ("width", "height", "tall"), [(720, 1280, True), (1280, 720, False)]
)
def test_a_video_held_upright_is_shown_upright(reader, session, width, height, tall):
    item = make_item(session, ItemKind.VIDEO)
    poster = "1" * 32 + ".jpg"
    add_picture(
        session,
        item,
        kind=MediaKind.VIDEO,
        width=width,
        height=height,
        poster_name=poster,
    )
    session.commit()
    source = reader.get(f"/items/{item.id}").get_data(as_text=True)
    assert ("picture--tall" in source) is tall
    assert source.count("/poster") == 2  # of the player, and beside the words


def test_suggestions_come_in_the_language_of_the_page_where_there_are_some(
    reader, story
):
    said = words(reader.get(f"/items/{story.id}", headers={"Accept-Language": "nl"}))
    assert "Eenenveertig masten" in said


def test_a_video_has_captions_and_poster_and_waits_to_be_played(reader, session):
    item = make_item(session, ItemKind.VIDEO)
    add_picture(
        session,
        item,
        kind=MediaKind.VIDEO,
        content_type="video/mp4",
        seconds=72.0,
        poster_name="1" * 32 + ".jpg",
        captions_name="2" * 32 + ".vtt",
        captions_language="nl",
        transcript="Ik zei stop.",
    )
    session.commit()
    source = reader.get(f"/items/{item.id}").get_data(as_text=True)
    assert '<track kind="captions"' in source
    assert 'srclang="nl"' in source
    assert "poster=" in source
    assert "autoplay" not in source
    assert "Ik zei stop." in source


def test_an_item_to_read_only_has_no_desk(reader, session):
    item = make_item(session, read_only=True)
    session.commit()
    page = reader.get(f"/items/{item.id}")
    assert "To read, not to share" in words(page)
    assert "<textarea" not in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "values",
    [
        {"state": ItemState.DRAFT},
        {"state": ItemState.WITHDRAWN},
        {"offered_at": now() + timedelta(days=1)},
        {"expires_at": now() - timedelta(minutes=1)},
    ],
)
def test_what_is_not_offered_has_no_page(reader, session, values):
    item = make_item(session, **values)
    session.commit()
    assert reader.get(f"/items/{item.id}").status_code == 404


def test_share_is_the_main_button_for_somebody_connected(reader, story):
    source = reader.get(f"/items/{story.id}").get_data(as_text=True)
    assert 'class="button button--main" type="submit" name="do" value="share"' in source
    assert 'class="button" type="submit" name="do" value="copy"' in source


def test_copy_is_the_main_button_for_somebody_who_connected_nothing(
    browser_of, newcomer, story
):
    page = browser_of(newcomer).get(f"/items/{story.id}")
    source = page.get_data(as_text=True)
    assert 'class="button button--main" type="submit" name="do" value="copy"' in source
    assert 'value="share"' not in source
    assert 'href="/consent?come_back_to=' in source


def test_a_stranger_signs_in_first(client, story):
    for address in ("/", f"/items/{story.id}"):
        assert client.get(address).location.startswith("/sign-in")
    assert client.post(f"/items/{story.id}/compose").location == "/sign-in"
