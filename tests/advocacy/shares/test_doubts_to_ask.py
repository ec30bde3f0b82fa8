"""Which doubts are asked about: where it may be, in time, and not where it might not be sent."""

from dataclasses import replace

import pytest

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.changes import answer_uncertain
from advocacy.shares.models import NOT_SENT, PublishAttempt, Share, ShareState
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.probing import doubts_to_ask, probe_share
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import StopCause
from advocacy.shares.station import open_station
from advocacy.shares.sweeper import sweep
from advocacy.shares.tasks import sweep_shares
from integrations.clock import now
from integrations.database import transaction
from integrations.network import DayLimits
from tests.advocacy.shares.doubting import ago, promising
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import attempts, consent_of, state_of

S = ShareState


def test_it_is_off_unless_it_was_switched_on(session, in_doubt, station, sandbox):
    share = in_doubt("drop_after_commit")

    assert doubts_to_ask(session, station) == []
    probe_share(share.id, station)

    assert state_of(session, share) is S.UNCERTAIN
    assert sandbox.creates == 1


@pytest.mark.parametrize(
    ("seconds", "asked"), [(20, False), (40, True), (530, True), (545, False)]
)
def test_it_is_asked_within_ten_minutes_and_not_at_once(
    session, in_doubt, asking, seconds, asked
):
    share = in_doubt("drop_after_commit", seconds)

    assert doubts_to_ask(session, asking) == ([share.id] if asked else [])


@pytest.mark.parametrize(
    "event", ["consent", "item", "left", "disconnected", "stopped", "pause", "budget"]
)
def test_nothing_is_asked_that_might_not_be_sent_any_more(
    session, person, item, in_doubt, asking, sandbox, event
):
    share = in_doubt("error_without_commit")
    if event == "consent":
        consent_of(session, person).epoch += 1
    elif event == "item":
        item.epoch += 1
    elif event == "left":
        person.left_on = now().date()
    elif event == "disconnected":
        session.delete(account_of(session, person.id, LINKEDIN))
    elif event == "stopped":
        share.stop_requested = True
    elif event == "pause":
        stop_publishing(session, StopCause.BY_HAND)
    elif event == "budget":
        asking = promising(asking, day_limits=DayLimits(member=1))
    session.commit()

    probe_share(share.id, asking)

    assert state_of(session, share) is S.UNCERTAIN
    assert sandbox.creates == 1


@pytest.mark.parametrize("answer", ["there", "not there", "consent"])
def test_an_answer_that_comes_before_the_question_leaves_stops_it(
    session, person, in_doubt, asking, sandbox, answer
):
    share = in_doubt("error_without_commit")

    def meanwhile():
        with transaction() as other:
            row = other.get_one(Share, share.id)
            if answer == "consent":
                consent_of(other, person).epoch += 1
            else:
                answer_uncertain(other, row, there=answer == "there", at=now())

    probe_share(share.id, interrupted(asking, "after connect", meanwhile))

    expected = {"there": S.PUBLISHED_UNVERIFIED, "not there": S.CANCELLED}
    assert state_of(session, share) is expected.get(answer, S.UNCERTAIN)
    assert sandbox.creates == 1
    assert share.lease_owner is None


def test_a_question_that_took_too_long_to_prepare_is_not_asked(
    session, in_doubt, asking, sandbox
):
    """The network may have forgotten the first by the time the line is open."""
    share = in_doubt("error_without_commit", 530)

    def meanwhile():
        ago(session, share, 541)

    probe_share(share.id, interrupted(asking, "after connect", meanwhile))

    assert state_of(session, share) is S.UNCERTAIN
    assert sandbox.creates == 1
    assert (share.lease_owner, share.lease_until) == (None, None)


def test_a_restored_doubt_is_never_asked_about(session, in_doubt, asking):
    share = in_doubt("drop_after_commit")
    share.reason = Reason.RESTORED
    session.commit()

    assert doubts_to_ask(session, asking) == []


def test_a_question_that_was_not_asked_after_all_can_still_be(
    session, in_doubt, asking
):
    share = in_doubt("error_without_commit", 40)
    [first] = attempts(session, share)
    again = dict.fromkeys(["armed_at", "body_sha256", "consent_epoch", "content_epoch"])
    again = {name: getattr(first, name) for name in again}
    question = PublishAttempt(
        share_id=share.id, n=2, worker="w", is_probe=True, outcome=NOT_SENT, **again
    )
    session.add(question)
    session.flush()
    assert doubts_to_ask(session, asking) == [share.id]

    question.outcome = "uncertain"
    session.flush()
    assert doubts_to_ask(session, asking) == []


def test_a_worker_that_is_to_stop_asks_nothing(session, in_doubt, asking, sandbox):
    share = in_doubt("drop_after_commit")
    probe_share(share.id, replace(asking, stopping=lambda: True))
    assert sandbox.creates == 1


@pytest.mark.parametrize(("seconds", "kept"), [(590, True), (610, False)])
def test_what_was_frozen_is_kept_for_ten_minutes(session, in_doubt, seconds, kept):
    share = in_doubt("drop_after_commit", seconds)

    sweep(session)

    session.refresh(share)
    assert (share.body is not None) is kept
    assert (share.body_sha256 is not None) is kept


@pytest.mark.parametrize("there", [True, False])
def test_a_doubt_that_its_owner_ended_keeps_nothing(session, in_doubt, there):
    share = in_doubt("drop_after_commit")
    answer_uncertain(session, share, there=there, at=now())
    session.refresh(share)
    assert share.body is None


def test_the_sweep_asks_by_itself(session, in_doubt, asking, monkeypatch):
    share = in_doubt("drop_after_commit")
    sent = []
    monkeypatch.setattr(
        "advocacy.shares.tasks.send", lambda *told, **_where: sent.append(told) or True
    )
    open_station(asking)

    sweep_shares()

    assert sent == [("shares.probe", share.id)]
