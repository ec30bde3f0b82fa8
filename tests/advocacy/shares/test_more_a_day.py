"""One post about a story a day, unless its owner asks for one more (reliability.md 2.1, 6)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.shares.changes import reschedule, send_again, the_same_again
from advocacy.shares.checking import Asked
from advocacy.shares.models import ShareState
from advocacy.shares.operations import queue_share, undo
from advocacy.shares.storing import AlreadyShared
from advocacy.shares.wishes import ShareWish
from integrations.clock import now
from tests.advocacy.shares.making import TERMS, share_rows


def asked_for(session, person, item, text, at=None, **wish):
    wished = ShareWish(text, **wish)
    return queue_share(session, person, item, wished, at or now(), terms=TERMS)


def sent_now(session, person, item, share):
    send_again(session, share, the_same_again(share, person, item, now()), TERMS)


def too_late(session, *shares):
    for share in shares:
        share.state = ShareState.MISSED
    session.flush()


def test_who_asks_for_one_more_gets_one_more(session, person, item):
    first = asked_for(session, person, item, "Once.")
    second = asked_for(session, person, item, "Twice.", beside=1)

    assert (first.extra, second.extra) == (0, 1)
    assert share_rows(session) == 2
    with pytest.raises(AlreadyShared):
        asked_for(session, person, item, "Three times.")


def test_pressed_twice_it_is_one_more_and_not_two(session, person, item):
    asked_for(session, person, item, "Once.")
    second = asked_for(session, person, item, "Twice.", beside=1)

    assert asked_for(session, person, item, "Twice.", beside=1).id == second.id
    assert asked_for(session, person, item, "Once.", beside=1).id != second.id
    assert share_rows(session) == 2


def test_asking_for_more_where_there_is_none_is_the_first(session, person, item):
    first = asked_for(session, person, item, "Once.", beside=1)
    undo(session, first, now())
    assert first.extra == 0
    assert asked_for(session, person, item, "Again.").extra == 0


def test_either_of_two_may_be_changed_on_its_day_and_not_moved_to_a_taken_one(
    session, person, item
):
    at = now() + timedelta(days=2)
    day, other_day = (
        f"{at + timedelta(days=more):%Y-%m-%d}T09:00" for more in range(2)
    )
    planned = {"wall_time": day, "time_zone": "UTC"}
    first = asked_for(session, person, item, "Once.", **planned)
    second = asked_for(session, person, item, "Twice.", beside=1, **planned)
    elsewhere = asked_for(
        session, person, item, "Elsewhere.", wall_time=other_day, time_zone="UTC"
    )

    for share in (first, second):
        wish = ShareWish(f"{share.text} Changed.", **planned)
        reschedule(session, share, Asked(person, item, wish, now()), TERMS)
    moved = ShareWish("Elsewhere.", **planned)
    with pytest.raises(AlreadyShared):
        reschedule(session, elsewhere, Asked(person, item, moved, now()), TERMS)

    assert [first.text, second.text] == ["Once. Changed.", "Twice. Changed."]
    assert first.state is second.state is ShareState.SCHEDULED


def test_who_saw_one_beside_it_is_asked_again_when_there_are_two(session, person, item):
    asked_for(session, person, item, "Once.")
    asked_for(session, person, item, "Twice.", beside=1)

    with pytest.raises(AlreadyShared):
        asked_for(session, person, item, "Three times.", beside=1)
    third = asked_for(session, person, item, "Three times.", beside=2)

    assert third.extra == 2


def test_after_the_first_was_undone_one_more_takes_no_number_in_use(
    session, person, item
):
    first = asked_for(session, person, item, "Once.")
    asked_for(session, person, item, "Twice.", beside=1)
    undo(session, first, now())

    with pytest.raises(AlreadyShared):
        asked_for(session, person, item, "Again.")
    assert asked_for(session, person, item, "Again.", beside=1).extra == 2


def test_one_more_that_was_missed_may_leave_beside_the_first(session, person, item):
    asked_for(session, person, item, "Once.")
    second = asked_for(session, person, item, "Twice.", beside=1)
    too_late(session, second)

    sent_now(session, person, item, second)

    assert second.state is ShareState.SCHEDULED


def test_what_was_missed_does_not_leave_beside_what_was_shared_since(
    session, person, item
):
    first = asked_for(session, person, item, "Once.")
    second = asked_for(session, person, item, "Twice.", beside=1)
    too_late(session, first, second)
    asked_for(session, person, item, "Twice.")

    for share in (first, second):
        with pytest.raises(AlreadyShared):
            sent_now(session, person, item, share)
        assert share.state is ShareState.MISSED


def test_what_was_missed_does_not_leave_beside_an_older_one_in_its_place(
    session, person, item
):
    later = now() + timedelta(days=1)
    planned = {"wall_time": f"{later:%Y-%m-%dT%H:%M}", "time_zone": "UTC"}
    older = asked_for(session, person, item, "Once.", **planned)
    missed = asked_for(session, person, item, "Twice.")
    too_late(session, missed)
    today = Asked(person, item, ShareWish("Once."), now())
    reschedule(session, older, today, TERMS)

    with pytest.raises(AlreadyShared):
        sent_now(session, person, item, missed)


def test_two_presses_around_midnight_are_one(session, person, item):
    amsterdam = ZoneInfo("Europe/Amsterdam")
    evening = (now() + timedelta(days=1)).astimezone(amsterdam)
    before = evening.replace(hour=23, minute=55, second=0)
    wish = {"time_zone": amsterdam.key}
    first = asked_for(session, person, item, "Once.", at=before, **wish)
    again = before + timedelta(minutes=10)

    assert asked_for(session, person, item, "Once.", at=again, **wish).id == first.id
    other = asked_for(session, person, item, "Other words.", at=again, **wish)
    assert other.target_day == first.target_day + timedelta(days=1)
    next_evening = before + timedelta(hours=20)
    undo(session, other, again)
    later = asked_for(session, person, item, "Once.", at=next_evening, **wish)
    assert later.id != first.id
