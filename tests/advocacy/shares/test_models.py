"""What a share and an attempt are before anything has happened to them."""

import pytest

from advocacy.shares.models import (
    MOVES,
    Share,
    ShareState,
    Way,
    WrongMove,
)
from integrations.clock import now
from tests.advocacy.shares.making import attempt_of, make_item, queue_due


def test_a_share_begins_untried_unstopped_and_to_be_left_on_the_network(
    session, person, item
):
    at = now()
    share = Share(
        person_id=person.id,
        item_id=item.id,
        way=Way.ACCOUNT,
        state=ShareState.SCHEDULED,
        text="My words.",
        confirmation="",
        due_at=at,
        target_day=at.date(),
        next_at=at,
        consent_epoch=1,
        content_epoch=1,
    )
    session.add(share)
    session.flush()
    assert (share.crash_count, share.tries) == (0, 0)
    assert share.stop_requested is False
    assert share.take_off_again is False


def test_an_attempt_is_the_first_of_its_body_unless_it_is_said(session, share):
    attempt = attempt_of(share.id)
    session.add(attempt)
    session.flush()
    assert attempt.is_probe is False


def test_the_name_in_an_address_is_twelve_bytes_of_chance(session, person, share):
    other = queue_due(session, person, make_item(session))
    session.flush()
    assert len(share.public_id) == len(other.public_id) == 16
    assert share.public_id != other.public_id


@pytest.mark.parametrize("state", ShareState)
def test_a_share_moves_as_the_table_says_and_refuses_all_else(state):
    for end in ShareState:
        share = Share(state=state)
        if end in MOVES[state]:
            share.move_to(end)
            assert share.state is end
            continue
        with pytest.raises(WrongMove, match=f"a {state} share cannot become {end}"):
            share.move_to(end)
        assert share.state is state
