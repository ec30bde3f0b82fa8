"""Sharing and stopping in time, as one person sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.shares.drafting import text_to_paste
from advocacy.shares.models import Share, ShareState, Way
from advocacy.shares.operations import (
    copy_share,
    queue_share,
    take_off_list,
    tell_posted,
    undo,
)
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.storing import AlreadyShared
from advocacy.shares.wishes import ShareWish
from content.items import ItemKind, ItemState
from integrations.clock import now
from tests.advocacy.shares.making import (
    BASE_URL,
    TERMS,
    connect_account,
    make_item,
    make_person,
    queue,
    queue_due,
    state_of,
)

POST = "https://www.linkedin.com/feed/update/urn:li:share:7141138937766391808/"


def share_rows(session):
    return session.scalar(select(func.count()).select_from(Share))


def problems_of(session, person, item, text="Words.", **wish):
    with pytest.raises(WishRefused) as refused:
        queue(session, person, item, text, **wish)
    return refused.value.problems


def test_a_share_waits_for_the_hold_with_everything_that_was_confirmed(
    session, person, item
):
    at = now()
    wish = ShareWish("Tower 41 stands. 🎉\r\nAt last.")

    share = queue_share(session, person, item, wish, at, terms=TERMS)

    assert share.state is ShareState.SCHEDULED
    assert share.way is Way.ACCOUNT
    assert share.text == "Tower 41 stands. 🎉\nAt last."
    assert share.due_at == share.next_at == at + timedelta(seconds=60)
    assert share.content_epoch == item.epoch
    assert share.consent_epoch == 1
    assert share.link_code is None
    assert len(share.confirmation) == 64


def test_pressed_twice_it_is_one_share(session, person, item):
    first = queue(session, person, item)
    again = queue(session, person, item)

    assert again.id == first.id
    assert share_rows(session) == 1


def test_other_words_on_the_same_day_are_not_taken_silently(session, person, item):
    first = queue(session, person, item, "Once.")

    with pytest.raises(AlreadyShared) as refused:
        queue(session, person, item, "Twice.")

    assert refused.value.share.id == first.id


def test_after_an_undo_the_item_can_be_shared_again(session, person, item):
    first = queue(session, person, item)
    undo(session, first, now())
    again = queue(session, person, item)

    assert again.id != first.id
    assert first.state is ShareState.CANCELLED
    assert first.reason == Reason.UNDONE


def test_another_day_is_another_share(session, person, item):
    tomorrow = (now() + timedelta(days=2)).strftime("%Y-%m-%dT12:00")
    first = queue(session, person, item)
    planned = queue(
        session, person, item, wall_time=tomorrow, time_zone="Europe/Amsterdam"
    )

    assert planned.id != first.id
    assert planned.target_day.isoformat() == tomorrow[:10]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        (" \n\t\0", Problem.EMPTY),
        ("x" * 3001, Problem.TOO_LONG),
        ("🎉" * 1501, Problem.TOO_LONG),
        ("(" * 1501, Problem.TOO_LONG),
    ],
)
def test_texts_that_cannot_leave_are_refused(session, person, item, text, problem):
    assert problems_of(session, person, item, text) == {"text": problem}
    assert share_rows(session) == 0


@pytest.mark.parametrize("text", ["x" * 3000, "🎉" * 1500, "half an emoji \ud83c"])
def test_texts_at_the_limit_are_taken(session, person, item, text):
    assert queue(session, person, item, text).id


def test_a_link_in_the_text_counts_too(session, person):
    item = make_item(
        session, ItemKind.PICTURES, link_address="https://veenstroom.example/x"
    )
    assert problems_of(session, person, item, "x" * 2970) == {"text": Problem.TOO_LONG}


@pytest.mark.parametrize(
    "change",
    [
        {"state": ItemState.WITHDRAWN},
        {"expires_at": now() - timedelta(minutes=1)},
        {"offered_at": now() + timedelta(hours=1)},
        {"read_only": True},
    ],
)
def test_an_item_that_is_over_cannot_be_shared(session, person, item, change):
    for name, value in change.items():
        setattr(item, name, value)
    assert problems_of(session, person, item)["item"] is Problem.ITEM_OVER


def test_an_item_that_changed_while_composing_is_shown_again_first(
    session, person, item
):
    found = problems_of(session, person, item, item_epoch=item.epoch - 1)
    assert found == {"item": Problem.ITEM_CHANGED}
    assert queue(session, person, item, item_epoch=item.epoch).id


def test_a_picture_of_another_item_is_refused(session, person):
    item = make_item(session, ItemKind.PICTURES)
    found = problems_of(session, person, item, media_id=987654)
    assert found == {"media": Problem.UNKNOWN_MEDIA}


def test_without_the_purpose_or_the_account_nothing_is_stored(session, sandbox, item):
    refusing = make_person(session, consent=False)
    found = problems_of(session, refusing, item)
    assert found == {"account": Problem.CONSENT_OFF}

    unconnected = make_person(session)
    found = problems_of(session, unconnected, item)
    assert found == {"account": Problem.NOT_CONNECTED}


@pytest.mark.parametrize(
    "change", [{"refused_at": now()}, {"expires_at": now() + timedelta(minutes=9)}]
)
def test_a_connection_that_is_over_is_said_at_once(session, item, change):
    person = make_person(session)
    connect_account(session, person, **change)
    assert problems_of(session, person, item)["account"] is Problem.ACCESS_ENDED


def test_beyond_the_life_of_the_connection_can_be_planned_all_the_same(session, item):
    person = make_person(session)
    connect_account(session, person, expires_at=now() + timedelta(days=3))
    wall = (now() + timedelta(days=4)).strftime("%Y-%m-%dT12:00")
    share = queue(session, person, item, wall_time=wall)
    assert share.state is ShareState.SCHEDULED
    assert share.wall_time == wall


def test_every_problem_is_told_at_once(session, sandbox, item):
    found = problems_of(
        session, make_person(session), item, "", wall_time="never", item_epoch=99
    )
    assert set(found) == {"text", "time", "item", "account"}


def test_a_broken_seal_of_the_confirmation_page_is_refused(session, person, item):
    found = problems_of(session, person, item, confirmed="deadbeef.1")
    assert found == {"confirmation": Problem.CONFIRMATION_VOID}


def test_the_link_is_everybodys_unless_clicks_may_be_counted_for_the_person(
    session, person
):
    item = make_item(session, ItemKind.LINK)
    common = queue(session, person, item)
    assert session.get_one(Link, common.link_code).person_id is None

    undo(session, common, now())
    give(session, person, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    own = queue(session, person, item)
    assert session.get_one(Link, own.link_code).person_id == person.id
    assert own.link_code != common.link_code


def test_a_copied_text_carries_its_link_and_needs_no_account(session, sandbox):
    person = make_person(session, consent=False)
    item = make_item(session, ItemKind.LINK)

    share = copy_share(session, person, item, ShareWish("My words."), now())

    assert share.state is ShareState.COPIED
    assert share.way is Way.COPY
    assert text_to_paste(share, BASE_URL) == (
        f"My words.\n\n{BASE_URL}/l/{share.link_code}"
    )


def test_copying_again_on_the_same_day_replaces_the_text(session, person):
    item = make_item(session, ItemKind.LINK)
    first = copy_share(session, person, item, ShareWish("One."), now())
    again = copy_share(session, person, item, ShareWish("Two."), now())

    assert again.id == first.id
    assert again.text == "Two."
    tell_posted(session, again, None, now())
    third = copy_share(session, person, item, ShareWish("Three."), now())
    assert third.id != first.id


def test_the_same_press_again_after_telling_finds_what_was_told(session, person, item):
    share = copy_share(session, person, item, ShareWish("One."), now())
    tell_posted(session, share, None, now())

    again = copy_share(session, person, item, ShareWish("One."), now())

    assert again.id == share.id
    assert again.state is ShareState.TOLD
    other_day = now() + timedelta(days=1)
    later = copy_share(session, person, item, ShareWish("One."), other_day)
    assert later.id != share.id


def test_a_text_copied_again_leads_where_the_item_does_now(session, person):
    item = make_item(session, ItemKind.LINK)
    copy_share(session, person, item, ShareWish("One."), now())
    item.link_address = "https://veenstroom.example/right"

    again = copy_share(session, person, item, ShareWish("One."), now())

    assert session.get_one(Link, again.link_code).target == item.link_address


def test_an_empty_text_cannot_be_copied(session, person, item):
    with pytest.raises(WishRefused) as refused:
        copy_share(session, person, item, ShareWish(" "), now())
    assert refused.value.problems == {"text": Problem.EMPTY}


def test_what_was_pasted_is_told_with_or_without_its_address(session, person, item):
    share = copy_share(session, person, item, ShareWish("My words."), now())
    told_at = now()

    tell_posted(session, share, "", told_at)
    assert share.state is ShareState.TOLD
    assert share.posted_at == told_at
    assert share.post_address is None

    tell_posted(session, share, POST, told_at + timedelta(hours=1))
    assert share.post_address == POST
    assert share.posted_at == told_at


def test_an_address_that_is_no_post_or_belongs_to_another_share_is_refused(
    session, person, item
):
    one = copy_share(session, person, item, ShareWish("My words."), now())
    with pytest.raises(WishRefused) as refused:
        tell_posted(session, one, "https://veenstroom.example/", now())
    assert refused.value.problems == {"address": Problem.NOT_A_POST}
    assert state_of(session, one) is ShareState.COPIED

    tell_posted(session, one, POST, now())
    other = copy_share(session, person, make_item(session), ShareWish("More."), now())
    with pytest.raises(WishRefused) as refused:
        tell_posted(session, other, POST, now())
    assert refused.value.problems == {"address": Problem.ADDRESS_TAKEN}


def test_the_address_of_a_colleagues_post_reads_like_an_unknown_one(
    session, person, item, station
):
    """Else anybody could find out which public posts went through here."""
    theirs = queue_due(session, person, item)
    session.commit()
    publish_share(theirs.id, station)
    session.refresh(theirs)
    colleague = make_person(session, consent=False)
    mine = copy_share(session, colleague, item, ShareWish("My words."), now())

    site = theirs.post_address.partition("/feed/")[0]
    tell_posted(session, mine, theirs.post_address, now(), site=site)

    assert mine.post_address == theirs.post_address
    assert mine.post_id is None


def test_an_address_taken_off_the_list_can_be_told_again(session, person, item):
    first = copy_share(session, person, item, ShareWish("My words."), now())
    tell_posted(session, first, POST, now())
    take_off_list(session, first)
    again = copy_share(session, person, item, ShareWish("My words."), now())

    tell_posted(session, again, POST, now())

    assert again.post_address == POST


def test_a_told_share_can_be_taken_off_the_list(session, person, item):
    share = copy_share(session, person, item, ShareWish("My words."), now())
    tell_posted(session, share, None, now())
    take_off_list(session, share)
    assert share.reason == Reason.TAKEN_OFF

    with pytest.raises(TooLate):
        take_off_list(session, share)


def test_what_has_left_cannot_be_undone(session, person, item, station):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)

    with pytest.raises(TooLate):
        undo(session, share, now())

    assert state_of(session, share) is ShareState.PUBLISHED


def test_undone_in_the_hold_it_never_leaves(session, person, item, station, sandbox):
    share = queue(session, person, item)
    undo(session, share, now())
    share.next_at = now() - timedelta(hours=1)
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.CANCELLED
    assert sandbox.creates == 0
