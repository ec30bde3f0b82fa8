"""Asking about a doubt by sending the same once more: only where it may, and once."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.attempted import Attempted
from advocacy.shares.changes import answer_uncertain
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.outcomes import posted
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.probing import doubts_to_ask, probe_share
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import StopCause
from advocacy.shares.settling import settle_attempt
from advocacy.shares.station import open_station
from advocacy.shares.sweeper import sweep
from advocacy.shares.tasks import sweep_shares
from integrations.clock import now
from integrations.database import transaction
from integrations.network import DayLimits
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    attempts,
    consent_of,
    make_item,
    queue_due,
    state_of,
)

S = ShareState
UNLIMITED = DayLimits()


@dataclass
class Other:
    """The same network with other promises."""

    network: object
    repeat_is_safe: bool = False
    day_limits: DayLimits = UNLIMITED

    def __getattr__(self, name):
        return getattr(self.network, name)


@pytest.fixture
def asking(station):
    return replace(station, probe_doubts=True)


def promising(station, **promises):
    network = Other(station.outside.networks[LINKEDIN], **promises)
    outside = replace(station.outside, networks={LINKEDIN: network})
    return replace(station, outside=outside)


@pytest.fixture
def share(session, person, item):
    share = queue_due(session, person, item, "Is it there?")
    session.commit()
    return share


@pytest.fixture
def in_doubt(session, share, station, sandbox):
    """A share whose first attempt ended so; a minute has gone by since."""

    def make(fault, seconds=60):
        sandbox.set_fault(fault)
        publish_share(share.id, station)
        assert state_of(session, share) is S.UNCERTAIN
        ago(session, share, seconds)
        return share

    return make


def ago(session, share, seconds):
    earlier = now() - timedelta(seconds=seconds)
    session.execute(
        update(PublishAttempt)
        .where(PublishAttempt.share_id == share.id)
        .values(armed_at=earlier)
    )
    session.commit()


def test_a_post_that_is_there_is_found_and_not_made_twice(
    session, in_doubt, asking, sandbox
):
    share = in_doubt("drop_after_commit")
    [frozen] = [post["urn"] for post in sandbox.posts()]

    assert doubts_to_ask(session, asking) == [share.id]
    probe_share(share.id, asking)

    assert state_of(session, share) is S.PUBLISHED
    assert share.post_id == frozen
    assert share.body is None
    assert len(sandbox.posts()) == 1
    first, second = sandbox.memory.creates_log.all()
    assert first.sha256 == second.sha256
    assert [one.is_probe for one in attempts(session, share)] == [False, True]


@pytest.mark.parametrize("fault", ["error_without_commit", "drop_before_commit"])
def test_a_post_that_is_not_there_is_made(session, in_doubt, asking, sandbox, fault):
    share = in_doubt(fault)

    probe_share(share.id, asking)

    assert state_of(session, share) is S.PUBLISHED
    assert share.post_id == sandbox.posts()[0]["urn"]
    assert len(sandbox.posts()) == 1


def test_it_is_off_unless_it_was_switched_on(session, in_doubt, station, sandbox):
    share = in_doubt("drop_after_commit")

    assert doubts_to_ask(session, station) == []
    probe_share(share.id, station)

    assert state_of(session, share) is S.UNCERTAIN
    assert sandbox.creates == 1


def test_a_network_that_promises_one_post_is_always_asked(
    session, in_doubt, station, sandbox
):
    share = in_doubt("drop_after_commit")
    promised = promising(station, repeat_is_safe=True)

    assert doubts_to_ask(session, promised) == [share.id]
    probe_share(share.id, promised)

    assert state_of(session, share) is S.PUBLISHED


@pytest.mark.parametrize(("safe", "times"), [(False, 1), (True, 5)])
def test_it_is_asked_once_or_a_few_times_where_that_is_safe(
    session, in_doubt, asking, sandbox, safe, times
):
    share = in_doubt("error_without_commit")
    station = promising(asking, repeat_is_safe=safe)
    sandbox.set_fault("error_without_commit", 10)

    for _again in range(7):
        probe_share(share.id, station)

    assert state_of(session, share) is S.UNCERTAIN
    assert doubts_to_ask(session, station) == []
    assert sandbox.creates == 1 + times


@pytest.mark.parametrize(
    ("seconds", "asked"), [(20, False), (40, True), (530, True), (545, False)]
)
def test_it_is_asked_within_ten_minutes_and_not_at_once(
    session, in_doubt, asking, seconds, asked
):
    share = in_doubt("drop_after_commit", seconds)

    assert doubts_to_ask(session, asking) == ([share.id] if asked else [])


@pytest.mark.parametrize(
    "fault",
    ["busy", "day_limit", "too_large", "expired_token", "version_gone", "conflict"],
)
def test_a_refused_question_is_no_answer_about_the_first(
    session, in_doubt, asking, sandbox, fault
):
    """Whatever it says about the second, the first may be live."""
    share = in_doubt("drop_after_commit")
    sandbox.set_fault(fault)

    probe_share(share.id, asking)

    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == Reason.NO_ANSWER
    assert len(sandbox.posts()) == 1


def test_what_a_refused_question_says_of_the_account_is_heard(
    session, person, in_doubt, asking, sandbox
):
    share = in_doubt("drop_after_commit")
    sandbox.set_fault("expired_token")

    probe_share(share.id, asking)

    assert account_of(session, person.id, LINKEDIN).refused_at is not None


def test_a_post_of_another_share_is_not_taken_for_this_one(
    session, person, in_doubt, asking, sandbox
):
    share = in_doubt("drop_after_commit")
    other = queue_due(session, person, make_item(session), "Something else.")
    other.post_id = sandbox.posts()[0]["urn"]
    session.commit()

    probe_share(share.id, asking)

    assert state_of(session, share) is S.UNCERTAIN


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


def test_a_late_answer_to_the_first_counts_while_the_question_is_on_the_wire(
    session, in_doubt, asking, sandbox
):
    share = in_doubt("drop_after_commit")
    [first] = attempts(session, share)
    [post] = sandbox.posts()
    which = Attempted(share.id, 1, first.worker, LINKEDIN, 0, now())

    def late():
        with transaction() as other:
            network = asking.outside.networks[LINKEDIN]
            settle_attempt(other, which, posted(post["urn"]), network)

    sandbox.set_fault("error_without_commit")
    probe_share(share.id, interrupted(asking, "after arm", late))

    assert state_of(session, share) is S.PUBLISHED
    assert share.post_id == post["urn"]
    outcomes = [one.outcome for one in attempts(session, share)]
    assert outcomes == ["published", "uncertain"]


def test_a_connection_that_fails_leaves_the_question_for_later(
    session, in_doubt, asking, sandbox
):
    share = in_doubt("drop_after_commit")
    [network] = asking.outside.networks.values()
    settings = replace(network._settings, api_base="http://127.0.0.1:9")  # noqa: SLF001
    nowhere = replace(
        asking,
        outside=replace(asking.outside, networks={LINKEDIN: type(network)(settings)}),
    )

    probe_share(share.id, nowhere)

    assert state_of(session, share) is S.UNCERTAIN
    assert doubts_to_ask(session, asking) == [share.id]


def test_a_restored_doubt_is_never_asked_about(session, in_doubt, asking):
    share = in_doubt("drop_after_commit")
    share.reason = Reason.RESTORED
    session.commit()

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
