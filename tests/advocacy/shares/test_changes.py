"""Second thoughts and doubts."""

from datetime import timedelta

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.shares.cascades import cancel_for
from advocacy.shares.changes import (
    add_address,
    answer_uncertain,
    mark_removed,
    reschedule,
    send_again,
    the_same_again,
)
from advocacy.shares.checking import Asked
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.storing import AlreadyShared
from advocacy.shares.wishes import ShareWish
from content.items import ItemKind
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    TERMS,
    connect_account,
    consent_of,
    make_item,
    make_person,
    queue,
    queue_due,
    state_of,
)

POST = "https://www.linkedin.com/feed/update/urn:li:share:7141138937766391808/"


def in_days(days):
    return (now() + timedelta(days=days)).strftime("%Y-%m-%dT12:00")


@pytest.fixture
def doubtful(session, person, item, station, sandbox):
    """A share that may be live."""
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("error_without_commit")
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.UNCERTAIN
    return share


def test_a_planned_share_takes_other_words_and_another_time(session, person, item):
    share = queue(session, person, item, "Once.", wall_time=in_days(2))
    before = share.confirmation
    wish = ShareWish("Otherwise.", wall_time=in_days(3), time_zone="Europe/Amsterdam")

    reschedule(session, share, Asked(person, item, wish, now()), TERMS)

    assert share.state is ShareState.SCHEDULED
    assert share.text == "Otherwise."
    assert share.target_day.isoformat() == in_days(3)[:10]
    assert share.confirmation != before


def test_a_refused_change_changes_nothing(session, person, item):
    share = queue(session, person, item, "Once.", wall_time=in_days(2))
    due_at = share.due_at
    wish = ShareWish("Otherwise.", wall_time=in_days(60))

    with pytest.raises(WishRefused):
        reschedule(session, share, Asked(person, item, wish, now()), TERMS)

    session.refresh(share)
    assert (share.text, share.due_at) == ("Once.", due_at)


@pytest.mark.parametrize("press", ["reschedule", "send again"])
@pytest.mark.parametrize("corrected", ["https://veenstroom.example/right", None])
def test_confirmed_again_the_link_leads_where_the_item_does_now(
    session, person, press, corrected
):
    item = make_item(session, ItemKind.LINK)
    share = queue(session, person, item)
    before = share.link_code
    item.link_address = corrected
    if press == "reschedule":
        wish = ShareWish("Otherwise.")
        reschedule(session, share, Asked(person, item, wish, now()), TERMS)
    else:
        share.state = ShareState.MISSED
        send_again(session, share, the_same_again(share, person, item, now()), TERMS)

    assert share.link_code != before
    link = session.get_one(Link, share.link_code) if corrected else None
    assert (link.target if link else None) == corrected


def test_confirmed_again_a_link_that_is_right_stays(session, person):
    item = make_item(session, ItemKind.LINK)
    give(session, person, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    share = queue(session, person, item)
    before = share.link_code

    reschedule(session, share, Asked(person, item, ShareWish("New."), now()), TERMS)

    assert share.link_code == before


def test_two_shares_of_an_item_do_not_move_to_one_day(session, person, item):
    queue(session, person, item, "Once.", wall_time=in_days(2))
    other = queue(session, person, item, "Twice.", wall_time=in_days(3))
    wish = ShareWish("Twice.", wall_time=in_days(2))

    with pytest.raises(AlreadyShared):
        reschedule(session, other, Asked(person, item, wish, now()), TERMS)


def test_what_is_in_hand_is_not_changed_any_more(session, person, item):
    share = queue(session, person, item)
    share.state = ShareState.PREPARING
    session.flush()

    with pytest.raises(TooLate):
        reschedule(
            session, share, Asked(person, item, ShareWish("Other."), now()), TERMS
        )


def test_a_doubt_ends_when_the_person_sees_it_there(session, doubtful):
    answer_uncertain(session, doubtful, there=True, at=now(), address=POST)

    assert doubtful.state is ShareState.PUBLISHED_UNVERIFIED
    assert doubtful.reason == Reason.SAID_SO
    assert doubtful.post_address == POST
    assert doubtful.posted_at is not None


def test_the_address_may_come_later(session, doubtful):
    answer_uncertain(session, doubtful, there=True, at=now())
    assert doubtful.post_address is None

    add_address(session, doubtful, POST)
    assert doubtful.post_address == POST
    assert doubtful.post_id is None  # only the network says which posts are ours


def test_nobody_can_take_the_id_of_anothers_post_before_it_is_settled(
    session, doubtful, person, sandbox, station
):
    """They see the post on the network, and say that it is theirs."""

    def claim_it():
        [post] = sandbox.posts()
        address = f"https://www.linkedin.com/feed/update/{post['urn']}/"
        with transaction() as other:
            row = other.get_one(Share, doubtful.id)
            answer_uncertain(other, row, there=True, at=now(), address=address)

    posting = make_person(session)
    connect_account(session, posting, sandbox.access_for("Somebody Else"))
    share = queue_due(session, posting, make_item(session), "Mine.")
    session.commit()
    sandbox.set_fault("behave", 0)
    publish_share(share.id, interrupted(station, "after answer", claim_it))

    assert state_of(session, share) is ShareState.PUBLISHED
    assert share.post_id == sandbox.posts()[0]["urn"]


def test_what_is_not_there_may_be_left_at_that(session, doubtful):
    answer_uncertain(session, doubtful, there=False, at=now())

    assert doubtful.state is ShareState.CANCELLED
    assert doubtful.reason == Reason.NOT_THERE
    with pytest.raises(TooLate):
        answer_uncertain(session, doubtful, there=True, at=now())


def test_what_is_not_there_may_be_sent_again_after_a_new_hold(
    session, doubtful, person, item, station, sandbox
):
    at = now()
    send_again(session, doubtful, the_same_again(doubtful, person, item, at), TERMS)
    assert doubtful.state is ShareState.SCHEDULED
    assert doubtful.due_at == at + timedelta(seconds=60)
    doubtful.next_at = at - timedelta(seconds=1)
    session.commit()

    publish_share(doubtful.id, station)

    assert state_of(session, doubtful) is ShareState.PUBLISHED
    assert len(sandbox.posts()) == 1


def test_sending_again_asks_everything_once_more(session, doubtful, person, item):
    item.epoch += 1
    send_again(session, doubtful, the_same_again(doubtful, person, item, now()), TERMS)
    assert doubtful.content_epoch == item.epoch

    doubtful.state = ShareState.MISSED
    consent_of(session, person).is_on = False
    session.flush()
    cancel_for(session, person.id, Purpose.READ_MY_FIGURES, now())
    with pytest.raises(WishRefused) as refused:
        send_again(
            session, doubtful, the_same_again(doubtful, person, item, now()), TERMS
        )
    assert refused.value.problems == {"account": Problem.CONSENT_OFF}


def test_only_what_is_there_can_be_removed(session, person, item):
    share = queue(session, person, item)
    with pytest.raises(TooLate):
        mark_removed(session, share)
