"""Each promise of reliability.md 2.6 broken once, on purpose: the judge sees it."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.reasons import Reason
from tests.crash.evidence import Evidence
from tests.crash.judge import weigh

S = ShareState
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
HASH = "0" * 64


def made(number=1, state=S.PUBLISHED, **others):
    urn = f"urn:li:share:{number}" if state is S.PUBLISHED else None
    given = {"id": number, "text": f"Words {number}.", "state": state, "post_id": urn}
    return Share(**given | {"reason": ""} | others)


def attempt(outcome="published", worker="host:7:ab/1"):
    words = {"share_id": 1, "n": 1, "worker": worker, "body_sha256": HASH}
    return PublishAttempt(outcome=outcome, **words)


def post(number=1, urn=None, *, deleted=False):
    urn = urn or f"urn:li:share:{number}"
    return {"text": f"Words {number}.", "urn": urn, "deleted": deleted}


def call(answered="504", fault=""):
    return {"sha256": HASH, "answered": answered, "fault": fault}


def judged(shares, posts, accepted=1, *, attempts=(), calls=(), **others):
    may_be = others.pop("may_be", frozenset({S.PUBLISHED, S.UNCERTAIN}))
    kept = {"patience": 4, "at": NOW} | others
    seen = Evidence(shares, list(attempts), posts, list(calls), **kept)
    return weigh(seen, accepted, may_be=may_be)


def test_what_is_as_it_should_be_breaks_nothing():
    verdict = judged([made(), made(2)], [post(), post(2)], 2, attempts=[attempt()])

    assert verdict.breaches == []
    assert (verdict.published, verdict.lost, verdict.doubled) == (2, 0, 0)


BROKEN = {
    "a share is gone": ([made()], [post()], 2, "1 lost"),
    "a share too many": ([made(), made(2)], [post(), post(2)], 1, "where 1 were"),
    "posted twice": ([made()], [post(), post(urn="urn:li:share:9")], 1, "1 doubled"),
    "posted twice, deleted once": (
        [made()],
        [post(), post(urn="urn:li:share:9", deleted=True)],
        1,
        "1 doubled",
    ),
    "published and not there": ([made()], [], 1, "is not there"),
    "published and deleted": ([made()], [post(deleted=True)], 1, "is not there"),
    "said to be there": ([made(state=S.PUBLISHED_UNVERIFIED)], [], 1, "not there"),
    "another post's name": (
        [made(post_id="urn:li:share:2")],
        [post()],
        1,
        "under a wrong name",
    ),
    "nobody's post": ([made()], [post(), post(2)], 1, "1 posts belong to no share"),
    "still waiting": ([made(state=S.SCHEDULED)], [], 1, "share 1 is scheduled"),
    "held for too long": (
        [made(lease_until=NOW - timedelta(seconds=5))],
        [post()],
        1,
        "longer than its lease",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_promise_is_seen(what):
    shares, posts, accepted, words = BROKEN[what]
    assert words in " ".join(judged(shares, posts, accepted).breaches)


@pytest.mark.parametrize("state", [S.CANCELLED, S.REMOVED, S.MISSED, S.FAILED])
def test_what_was_stopped_or_taken_off_is_not_there(state):
    verdict = judged([made(state=state)], [post()], may_be=frozenset({state}))
    assert verdict.breaches == [f"share 1 is {state.value} and is there"]


def test_an_attempt_that_was_forgotten_is_seen():
    verdict = judged([made()], [post()], attempts=[attempt(outcome=None)])
    assert "an attempt that has no end" in verdict.breaches[0]


def test_sending_beyond_the_lease_is_seen_where_sending_may_be():
    sending = made(state=S.SENDING, lease_until=NOW - timedelta(seconds=5))
    verdict = judged([sending], [post()], may_be=frozenset({S.SENDING}))
    assert verdict.breaches == ["share 1 is sending longer than its lease"]


DOUBTS = {
    "the worker lives": (Reason.WORKER_LOST, "host:8:ab/1", [], False),
    "the worker was killed": (Reason.WORKER_LOST, "host:7:ab/1", [], True),
    "a clear answer": (Reason.NO_ANSWER, "host:8:ab/1", [call("201")], False),
    "no clear answer": (Reason.NO_ANSWER, "host:8:ab/1", [call("504")], True),
    "slept too long for the answer": (Reason.NO_ANSWER, "h:9:a/1", [call("201")], True),
    "lost as it slept": (Reason.WORKER_LOST, "host:9:ab/1", [], True),
    "an answer too late": (Reason.NO_ANSWER, "h:8:a/1", [call("201", "slow")], True),
    "never sent": (Reason.NO_ANSWER, "host:8:ab/1", [], False),
    "no copy of it came back": (Reason.RESTORED, "host:7:ab/1", [], False),
}


@pytest.mark.parametrize("what", DOUBTS)
def test_a_doubt_needs_a_reason(what):
    reason, worker, calls, has_one = DOUBTS[what]
    shares = [made(state=S.UNCERTAIN, reason=reason)]
    doubted = [attempt("uncertain", worker)]

    verdict = judged(
        shares, [post()], attempts=doubted, calls=calls, killed={7}, frozen={9}
    )

    assert verdict.uncaused == (0 if has_one else 1)
    assert bool(verdict.breaches) is not has_one


def test_a_doubt_that_a_copy_brought_back_has_its_reason():
    shares = [made(state=S.UNCERTAIN, reason=Reason.RESTORED)]
    assert judged(shares, [post()], restored={1}).breaches == []


def test_so_has_one_that_was_on_its_way_when_the_copy_was_made():
    shares = [made(state=S.UNCERTAIN, reason=Reason.WORKER_LOST)]
    doubted = [attempt("uncertain", "host:8:ab/1")]
    verdict = judged(shares, [post()], attempts=doubted, interrupted={1})
    assert verdict.breaches == []
