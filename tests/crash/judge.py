"""What became of every share, by the network's own log and by our rows.

The rules are the invariants at the end of reliability.md 2.6.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from advocacy.shares.models import ON_NETWORK, Share, ShareState
from advocacy.shares.reasons import Reason
from tests.crash.evidence import Evidence, collect
from tests.crash.scene import Scene

S = ShareState
# Calls after which nobody can know: not answered in time, or with what proves nothing.
DOUBTFUL = {"500", "502", "503", "504", "nothing", "nonsense", ""}
LATE = {"slow", "late_after_commit"}
ENDS = frozenset({S.PUBLISHED, S.UNCERTAIN})
# None of these may be on the network.
NOT_THERE = {S.CANCELLED, S.FAILED, S.MISSED, S.REMOVED, S.NEEDS_RECONNECT}


@dataclass
class Verdict:
    """Counts, and every breach of a promise in words."""

    states: Counter[ShareState]
    live: int  # posts on the network
    uncertain_live: int
    lost: int = 0
    doubled: int = 0
    uncaused: int = 0  # doubts that nothing gave a reason for
    breaches: list[str] = field(default_factory=list)

    @property
    def published(self) -> int:
        return self.states[S.PUBLISHED] + self.states[S.PUBLISHED_UNVERIFIED]

    @property
    def uncertain(self) -> int:
        return self.states[S.UNCERTAIN]

    def breach(self, what: str) -> None:
        self.breaches.append(what)

    def demand(self, true: object, what: str) -> None:
        if not true:
            self.breach(what)


def judge(
    scene: Scene,
    accepted: int,
    *,
    unanswered: int = 0,
    may_be: frozenset[ShareState] = ENDS,
) -> Verdict:
    """Look at everything, and weigh it."""
    return weigh(collect(scene), accepted, unanswered=unanswered, may_be=may_be)


def weigh(
    seen: Evidence,
    accepted: int,
    *,
    unanswered: int = 0,
    may_be: frozenset[ShareState] = ENDS,
) -> Verdict:
    """`accepted` shares were taken in, and up to `unanswered` whose owners never heard;
    in the end each must be in a state of `may_be`.
    """
    uncertain = [share.text for share in seen.shares if share.state is S.UNCERTAIN]
    verdict = Verdict(
        states=Counter(share.state for share in seen.shares),
        live=sum(seen.live.values()),
        uncertain_live=sum(seen.live[words] for words in uncertain),
    )
    _count(seen, accepted, unanswered, verdict)
    for share in seen.shares:
        _look_at_end(share, seen, verdict, may_be)
        _look_at_post(share, seen, verdict)
        _look_at_hands(share, seen, verdict)
    verdict.demand(not verdict.lost, f"{verdict.lost} lost")
    verdict.demand(not verdict.doubled, f"{verdict.doubled} doubled")
    return verdict


def _count(seen: Evidence, accepted: int, unanswered: int, verdict: Verdict) -> None:
    """The sum over all states is what was accepted, and every post is somebody's."""
    stored = sum(verdict.states.values())
    verdict.lost += max(0, accepted - stored)
    most = accepted + unanswered
    verdict.demand(stored <= most, f"{stored} shares where {most} were wished for")
    texts = Counter(share.text for share in seen.shares)
    verdict.demand(max(texts.values(), default=1) == 1, "two shares with one text")
    strangers = set(seen.made) - set(texts)
    verdict.demand(not strangers, f"{len(strangers)} posts belong to no share")


def _name(share: Share) -> str:
    return f"share {share.id} is {share.state.value}"


def _look_at_end(
    share: Share, seen: Evidence, verdict: Verdict, may_be: frozenset[ShareState]
) -> None:
    if share.state not in may_be:
        verdict.lost += share.state not in {S.FAILED, S.CANCELLED, S.MISSED}
        verdict.breach(f"{_name(share)} ({share.reason})")
    if share.state is S.UNCERTAIN and not _in_doubt(share, seen):
        verdict.uncaused += 1
        verdict.breach(f"{_name(share)} without a reason for doubt")


def _look_at_post(share: Share, seen: Evidence, verdict: Verdict) -> None:
    """One that was deleted again counts too: nothing may be posted twice meanwhile."""
    made, live = seen.made[share.text], seen.live[share.text]
    verdict.doubled += made > 1
    if share.state in ON_NETWORK and not live:
        verdict.lost += 1
        verdict.breach(f"{_name(share)} and is not there")
    if share.state in NOT_THERE and live:
        verdict.breach(f"{_name(share)} and is there")
    if share.state is S.PUBLISHED:
        named = seen.ids.get(share.post_id or "")
        verdict.demand(named == share.text, f"{_name(share)} under a wrong name")


def _look_at_hands(share: Share, seen: Evidence, verdict: Verdict) -> None:
    """Nobody holds a share longer than the lease, nor an attempt that is over."""
    late = seen.at - timedelta(seconds=seen.patience)
    if share.lease_until is not None and share.lease_until < late:
        verdict.breach(f"{_name(share)} longer than its lease")
    attempt = seen.last.get(share.id)
    if attempt and attempt.outcome is None and share.state is not S.SENDING:
        verdict.breach(f"{_name(share)} with an attempt that has no end")


def _in_doubt(share: Share, seen: Evidence) -> bool:
    """Armed by a worker that was killed or slept too long, answered with what proves
    nothing, or posted while or after the copy was made that was put back.
    """
    if share.reason == Reason.RESTORED:
        return share.id in seen.restored
    attempt = seen.last.get(share.id)
    if attempt is None or attempt.outcome != S.UNCERTAIN:
        return False
    process = int(attempt.worker.split(":")[1])
    if process in seen.frozen:  # found lost by others, or awake too late for the answer
        return True
    if share.reason == Reason.WORKER_LOST:
        return process in seen.killed or share.id in seen.interrupted
    calls = [one for one in seen.calls if one["sha256"] == attempt.body_sha256]
    return any(one["answered"] in DOUBTFUL or one["fault"] in LATE for one in calls)
