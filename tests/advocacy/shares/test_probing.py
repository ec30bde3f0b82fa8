"""Asking about a doubt by sending the same once more, and what comes of it."""

from dataclasses import replace

import pytest

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.attempted import Attempted
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import posted
from advocacy.shares.probing import doubts_to_ask, probe_share
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.doubting import promising
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import attempts, make_item, queue_due, state_of

S = ShareState


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
