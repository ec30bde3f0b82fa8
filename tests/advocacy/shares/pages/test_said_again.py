"""What was undone is offered to be written again until the same words are shared again."""

import pytest

from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from tests.advocacy.shares.making import make_item

S = ShareState


@pytest.fixture
def offered(reader):
    """Whether the list offers to write that share again."""

    def look(share):
        page = reader.get("/shares").get_data(as_text=True)
        return f"again={share.public_id}" in page

    return look


@pytest.mark.parametrize("state", [S.SCHEDULED, S.PUBLISHED, S.TOLD])
def test_words_that_are_shared_again_are_not_offered_once_more(keep, offered, state):
    undone = keep(S.CANCELLED, reason=Reason.UNDONE)
    assert offered(undone)
    keep(state)
    assert not offered(undone)


def test_other_words_or_another_item_leave_the_offer(keep, offered, session):
    undone = keep(S.CANCELLED, reason=Reason.UNDONE)
    keep(S.PUBLISHED, text="Something else.")
    keep(S.PUBLISHED, item_id=make_item(session).id)
    assert offered(undone)


def test_what_is_undone_once_more_is_offered_again(keep, offered):
    undone = keep(S.CANCELLED, reason=Reason.UNDONE)
    keep(S.CANCELLED, reason=Reason.UNDONE)
    assert offered(undone)


def test_what_was_shared_before_says_nothing_about_a_later_undoing(keep, offered):
    keep(S.PUBLISHED)
    assert offered(keep(S.CANCELLED, reason=Reason.UNDONE))
