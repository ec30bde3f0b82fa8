"""A story of several pictures: all go along unless somebody chooses one."""

import re

import pytest
from sqlalchemy import select

from advocacy.shares.models import Share
from content.items import ItemKind
from content.media import Media, MediaKind
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import make_item
from tests.content.making import picture

TEXT = "I work at Veenstroom. Three mornings, three towers."


@pytest.fixture
def album(session):
    item = make_item(session, ItemKind.PICTURES)
    for place in range(6):
        alt = f"Tower {place + 1}"
        picture(session, item_id=item.id, alt=alt, position=place)
    session.commit()
    return item


@pytest.fixture
def desk(reader, album):
    return Desk(reader, album)


def tiles(answer):
    """Descriptions of the pictures below the post, and how many more there are."""
    (post,) = re.findall(r'<ul class="post-pictures".*?</ul>', answer.text, re.DOTALL)
    more = re.findall(r"\+(\d+)<", post)
    return re.findall(r'alt="([^"]+)"', post), more


def test_the_preview_shows_four_and_counts_the_rest(desk):
    assert tiles(desk.page) == ([f"Tower {n}" for n in (1, 2, 3, 4)], ["2"])
    assert "All 6 together" in words(desk.page)


def test_all_are_confirmed_and_stored_unless_one_is_chosen(desk, session):
    page = desk.press("share", text=TEXT)
    assert tiles(page)[1] == ["2"]
    assert "All 6, in this order" in words(page)
    sent = fields(page, desk.action)
    assert desk.browser.post(desk.action, data=sent | {"do": "confirm"}).location
    assert session.scalars(select(Share)).one().media_id is None


def test_only_one_can_be_chosen_and_is_what_is_shown(desk, session):
    third = session.scalars(select(Media).where(Media.alt == "Tower 3")).one()
    page = desk.press("share", text=TEXT, picture=third.public_id)
    assert "post-pictures" not in page.text
    assert 'alt="Tower 3"' in page.text
    sent = fields(page, desk.action)
    desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert session.scalars(select(Share)).one().media_id == third.id


def test_a_confirmation_of_all_is_none_of_one(desk, session):
    third = session.scalars(select(Media).where(Media.alt == "Tower 3")).one()
    sent = fields(desk.press("share", text=TEXT), desk.action)
    changed = sent | {"do": "confirm", "picture": third.public_id}
    answer = desk.browser.post(desk.action, data=changed)
    assert answer.status_code == 422
    assert session.scalars(select(Share)).all() == []


def test_going_back_to_the_desk_keeps_the_choice(desk, session):
    third = session.scalars(select(Media).where(Media.alt == "Tower 3")).one()
    page = desk.press("preview", text=TEXT, picture=third.public_id)
    assert fields(page, desk.action)["picture"] == third.public_id
    page = desk.press("preview", text=TEXT, picture="all")
    assert fields(page, desk.action)["picture"] == "all"


def test_whoever_pastes_takes_each_picture_with_its_description(desk):
    page = desk.press("copy", text=TEXT, follow=True)
    for number in range(1, 7):
        assert f"Take picture {number} along" in words(page)
        assert f"Tower {number}" in words(page)


def test_a_network_with_less_room_says_so_before_anything_is_confirmed(
    app, desk, monkeypatch
):
    linkedin = app.extensions["advocacy"].outside.networks["linkedin"]
    monkeypatch.setattr(type(linkedin), "most_pictures", 4)
    said = "A post there takes 4 pictures: the first 4 of 6 go along."
    assert said in words(desk.open())
    assert tiles(desk.page) == ([f"Tower {n}" for n in (1, 2, 3, 4)], [])
    assert said in words(desk.press("share", text=TEXT))


def test_one_picture_needs_no_choice(reader, session):
    item = make_item(session, ItemKind.PICTURES)
    picture(session, item_id=item.id, alt="A tower", kind=MediaKind.PICTURE)
    session.commit()
    page = Desk(reader, item).page
    assert 'name="picture"' not in page.text
    assert "post-pictures" not in page.text
