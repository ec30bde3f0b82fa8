"""Without an account: take the text along, post it there, say so if one likes."""

import pytest
from sqlalchemy import select

from advocacy.links.models import Link
from advocacy.shares.models import Share, ShareState
from content.items import ItemKind
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.pictures import add_picture
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import make_item

TEXT = "I stood under tower 41."
POST = "https://www.linkedin.com/feed/update/urn:li:share:7141138937766391808/"


@pytest.fixture
def newcomers_desk(browser_of, newcomer, story):
    return Desk(browser_of(newcomer), story)


def only_share(session):
    session.expire_all()
    return session.scalars(select(Share)).one()


def test_the_text_is_shown_with_its_tracked_link_ready_to_paste(
    newcomers_desk, session
):
    answer = newcomers_desk.press("copy", text=TEXT)
    share = only_share(session)
    assert answer.location == f"/shares/{share.public_id}/text"
    page = newcomers_desk.browser.get(answer.location)
    source = page.get_data(as_text=True)
    assert f"{TEXT}\n\nhttp://localhost/l/{share.link_code}</textarea>" in source
    assert 'target="_blank" rel="noopener noreferrer"' in source
    assert "shareActive=true" in source
    assert session.get(Link, share.link_code).person_id is None


def test_four_presses_are_enough_linkedins_own_included(newcomers_desk):
    # Open the item; copy; open LinkedIn there; post. No page comes between.
    page = newcomers_desk.press("copy", text=TEXT, follow=True)
    assert page.status_code == 200
    assert "Open LinkedIn" in words(page)


def test_saying_i_posted_it_puts_it_on_the_list(newcomers_desk, session):
    newcomers_desk.press("copy", text=TEXT)
    share = only_share(session)
    answer = newcomers_desk.browser.post(f"/shares/{share.public_id}/told")
    assert answer.location == "/shares"
    assert only_share(session).state is ShareState.TOLD
    said = words(newcomers_desk.browser.get("/shares"))
    assert "You told us you posted it, on" in said
    assert "Noted. It is on your list" in said


def test_the_address_of_the_post_is_kept_when_given(newcomers_desk, session):
    newcomers_desk.press("copy", text=TEXT)
    share = only_share(session)
    where = f"/shares/{share.public_id}/told"
    newcomers_desk.browser.post(where, data={"address": POST})
    assert only_share(session).post_address == POST
    page = newcomers_desk.browser.get("/shares").get_data(as_text=True)
    assert f'href="{POST}"' in page


@pytest.mark.parametrize(
    "address", ["nonsense", "javascript:alert(1)", "https://evil.example/feed/update/"]
)
def test_what_is_no_address_of_a_post_is_refused_and_kept(
    newcomers_desk, session, address
):
    newcomers_desk.press("copy", text=TEXT)
    share = only_share(session)
    where = f"/shares/{share.public_id}/told"
    page = newcomers_desk.browser.post(where, data={"address": address})
    assert page.status_code == 422
    assert "This is not the address of a post on LinkedIn." in words(page)
    assert fields(page, "/told")["address"] == address
    assert TEXT in page.get_data(as_text=True)
    assert only_share(session).state is ShareState.COPIED


def test_an_empty_text_cannot_be_taken_along(newcomers_desk, session):
    page = newcomers_desk.press("copy", text=" ")
    assert page.status_code == 422
    assert "There are no words yet." in words(page)
    assert session.scalars(select(Share)).all() == []


@pytest.mark.parametrize(
    ("text", "over"), [("x" * 3001, 1), ("👷" * 1501, 2), ("(" * 1501, 2)]
)
@pytest.mark.parametrize("do", ["copy", "posted"])
def test_what_linkedin_will_not_take_cannot_be_taken_along(
    browser_of, newcomer, session, do, text, over
):
    item = make_item(session)
    session.commit()
    desk = Desk(browser_of(newcomer), item)
    page = desk.press(do, text=text)
    assert page.status_code == 422
    assert f"{over} too many for LinkedIn. Shorten it a little." in words(page)
    assert 'id="text-error"' in page.get_data(as_text=True)
    assert fields(page, desk.action)["text"] == text
    assert session.scalars(select(Share)).all() == []
    assert desk.press(do, text="x" * 3000).status_code == 302


def test_the_link_that_is_pasted_along_counts_too(newcomers_desk, session):
    page = newcomers_desk.press("copy", text="x" * 2990)
    assert page.status_code == 422
    assert "too many for LinkedIn, your link included." in words(page)
    assert session.scalars(select(Share)).all() == []
    text = "x" * 2900
    answer = newcomers_desk.press("copy", text=text)
    assert answer.status_code == 302
    assert only_share(session).text == text


def test_i_posted_it_on_the_items_own_page_works_in_one_press(newcomers_desk, session):
    answer = newcomers_desk.press("posted", text=TEXT)
    assert answer.location == "/shares"
    assert only_share(session).state is ShareState.TOLD


def test_somebody_connected_may_copy_too(desk, session):
    desk.press("copy", text=TEXT)
    assert only_share(session).state is ShareState.COPIED


def test_a_picture_is_taken_along_by_hand(reader, session):
    item = make_item(session, ItemKind.PICTURES)
    picture = add_picture(session, item)
    session.commit()
    page = Desk(reader, item).press("copy", text=TEXT, follow=True)
    assert (
        f'href="/media/{picture.public_id}/full?v=00000000" download'
        in page.get_data(as_text=True)
    )
    assert "Take the picture along" in words(page)


def test_with_visits_counted_the_link_is_ones_own(desk, session, me, count_my_clicks):
    desk.press("copy", text=TEXT)
    assert session.get(Link, only_share(session).link_code).person_id == me.id
