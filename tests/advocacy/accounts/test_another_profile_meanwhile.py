"""Another account connected while a page stood open: nothing leaves on a profile that the
page did not name.
"""

import pytest
from sqlalchemy import select

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.models import Share, ShareState
from advocacy.shares.reasons import Reason
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import make_item

S = ShareState
MINE, OTHER = "Ivo Terpstra", "Ivo Privé"
ON_OTHER = f"It leaves on the LinkedIn account of {OTHER}."
ANEW = (
    "Another LinkedIn account has been connected since you opened this page. The post"
    f" leaves on that of {OTHER}."
)


@pytest.fixture
def stored(session):
    def read():
        session.expire_all()
        return session.scalars(select(Share).order_by(Share.id)).all()

    return read


def profile_of(session, ivo):
    return account_of(session, ivo.person.id, LINKEDIN).member_hash


def where(share):
    return f"/shares/{share.public_id}/time"


def test_a_change_on_an_old_page_is_shown_with_the_new_profile_first(
    session, ivo, planned
):
    page = ivo.client.get(where(planned))
    assert ON_OTHER not in words(page)
    old = fields(page, "/time")
    first = planned.member_hash
    ivo.connect(OTHER)

    page = ivo.client.post(where(planned), data=old)

    assert ANEW in words(page)
    assert ON_OTHER in words(page)
    session.refresh(planned)
    assert (planned.state, planned.reason) == (S.NEEDS_RECONNECT, Reason.OTHER_MEMBER)
    assert planned.member_hash == first

    answer = ivo.client.post(where(planned), data=fields(page, "/time"))

    assert answer.location == "/shares"
    session.refresh(planned)
    assert planned.state is S.SCHEDULED
    assert planned.member_hash == profile_of(session, ivo) != first


def test_what_was_typed_on_the_old_page_stays_on_the_new_one(session, ivo, planned):
    old = fields(ivo.client.get(where(planned)), "/time")
    ivo.connect(OTHER)
    sent = old | {"text": "Other words.", "seen": "connections"}
    page = ivo.client.post(where(planned), data=sent)
    assert ANEW in words(page)
    kept = fields(page, "/time")
    assert (kept["text"], kept["seen"]) == ("Other words.", "connections")
    session.refresh(planned)
    assert planned.text == "I was there."


def test_a_change_on_a_page_that_named_the_profile_is_kept_at_once(
    session, ivo, planned
):
    ivo.connect(OTHER)
    page = ivo.client.get(where(planned))
    assert ON_OTHER in words(page)
    answer = ivo.client.post(where(planned), data=fields(page, "/time"))
    assert answer.location == "/shares"
    session.refresh(planned)
    assert planned.state is S.SCHEDULED


def test_the_desk_says_on_whose_profile_it_posts_where_that_bears_another_name(
    session, ivo
):
    ivo.connect(MINE)
    item = make_item(session)
    session.commit()
    assert "It leaves on the" not in words(Desk(ivo.client, item).page)
    ivo.connect(OTHER)
    assert ON_OTHER in words(Desk(ivo.client, item).page)


def test_a_desk_opened_before_another_profile_came_asks_before_it_posts_there(
    session, ivo, stored
):
    ivo.connect(MINE)
    item = make_item(session)
    session.commit()
    desk = Desk(ivo.client, item)
    ivo.connect(OTHER)

    page = desk.share("Hello there.")

    assert page.status_code == 200
    assert stored() == []
    for said in ("Is this what you want to post?", ANEW, ON_OTHER, "Hello there."):
        assert said in words(page)

    assert desk.press("confirm").status_code == 302
    (share,) = stored()
    assert (share.state, share.text) == (S.SCHEDULED, "Hello there.")
    assert share.member_hash == profile_of(session, ivo)


def test_a_desk_of_the_profile_that_is_connected_posts_at_once(session, ivo, stored):
    ivo.connect(MINE)
    ivo.connect(OTHER)
    item = make_item(session)
    session.commit()
    desk = Desk(ivo.client, item)
    ivo.connect(OTHER)  # the same once more
    assert desk.share("Hello there.").location == "/shares"
    (share,) = stored()
    assert share.member_hash == profile_of(session, ivo)


def test_a_desk_that_says_nothing_of_a_profile_is_shown_once_more(session, ivo, stored):
    ivo.connect(OTHER)
    item = make_item(session)
    session.commit()
    page = Desk(ivo.client, item).share("Hello there.", profile="")
    assert ON_OTHER in words(page)
    assert stored() == []
