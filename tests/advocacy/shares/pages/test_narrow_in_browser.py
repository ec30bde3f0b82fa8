"""My shares on a phone, in a real browser: nothing moves sideways, and buttons are in line."""

import pytest

from content.items import ItemKind
from integrations.database import open_session
from tests.advocacy.shares.making import (
    add_media,
    connect_account,
    make_item,
    make_person,
    queue,
)
from tests.advocacy.signing_in import signed_in
from tests.browsers import signed_in_page
from tests.serving import served

pytestmark = pytest.mark.journey

WIDEST = "document.documentElement.scrollWidth"
LEFT = "of => Math.round(document.querySelector(of).getBoundingClientRect().left)"


@pytest.fixture
def page(database_url, valkey, tmp_path, browser):
    """My shares in Dutch, with a post that has a picture and one that has none."""
    with served(database_url, valkey.address, tmp_path / "data") as (app, address):
        client, files = app.test_client(), app.extensions["advocacy"].outside.files
        with open_session() as session:
            person, shown = make_person(session), make_item(session, ItemKind.PICTURES)
            connect_account(session, person)
            add_media(session, shown, files, b"a picture", ".jpg")
            person.language = "nl"
            for item in (shown, make_item(session)):
                queue(session, person, item)
            signed_in(client, session, person)
        cookie = client.get_cookie("session").value
        with signed_in_page(browser, address, cookie) as page:
            page.goto("/shares")
            yield page


@pytest.mark.parametrize("width", [320, 359, 360, 390])
def test_no_page_moves_sideways_on_a_narrow_screen(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    for address in ("/shares", "/consent", "/"):
        page.goto(address)
        assert page.evaluate(WIDEST) <= width


def test_buttons_begin_where_the_words_begin_and_not_under_the_picture(page):
    page.set_viewport_size({"width": 390, "height": 844})
    for row in ("li.share:not(.share--text)", "li.share--text"):
        words = page.evaluate(LEFT, f"{row} .share-body")
        assert page.evaluate(LEFT, f"{row} .share-actions") == words


def test_on_the_narrowest_screens_buttons_have_the_whole_width(page):
    page.set_viewport_size({"width": 320, "height": 844})
    picture = page.evaluate(LEFT, "li.share > .picture")
    row = "li.share:not(.share--text)"
    assert page.evaluate(LEFT, f"{row} .share-actions") == picture
