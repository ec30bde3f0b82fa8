"""What cannot be shared is refused before anything is stored, with all reasons at once."""

from datetime import timedelta

import pytest

from advocacy.shares.reasons import Problem, WishRefused
from content.items import ItemKind, ItemState
from integrations.clock import now
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue,
    share_rows,
)


def problems_of(session, person, item, text="Words.", **wish):
    with pytest.raises(WishRefused) as refused:
        queue(session, person, item, text, **wish)
    return refused.value.problems


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


def test_every_problem_is_told_at_once(session, sandbox, item):
    found = problems_of(
        session, make_person(session), item, "", wall_time="never", item_epoch=99
    )
    assert set(found) == {"text", "time", "item", "account"}


def test_a_broken_seal_of_the_confirmation_page_is_refused(session, person, item):
    found = problems_of(session, person, item, confirmed="deadbeef.1")
    assert found == {"confirmation": Problem.CONFIRMATION_VOID}
