"""What became of every share, by the network's own log and by our rows."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import requests
from sqlalchemy import select

from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.reasons import Reason
from integrations.database import transaction
from tests.crash.scene import Scene

S = ShareState
# Calls after which nobody can know: not answered in time, or with what proves nothing.
DOUBTFUL = {"500", "502", "503", "504", "nothing", "nonsense", ""}


@dataclass
class Verdict:
    """Counts, and every breach of a promise in words."""

    states: Counter[ShareState]
    live: int  # posts on the network
    uncertain_live: int
    lost: int
    doubled: int
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


@dataclass
class Evidence:
    """Everything there is to look at when it is over."""

    shares: list[Share]
    last: dict[int, PublishAttempt]  # by share
    posts: Counter[str]  # by text
    calls: dict[str, list[dict[str, Any]]]  # by the body's hash


def collect(scene: Scene) -> Evidence:
    with transaction() as session:
        shares = list(session.scalars(select(Share).order_by(Share.id)))
        found = select(PublishAttempt).order_by(PublishAttempt.n)
        last = {attempt.share_id: attempt for attempt in session.scalars(found)}
    posts = _asked(scene, "posts")
    calls: dict[str, list[dict[str, Any]]] = {}
    for call in _asked(scene, "creates"):
        calls.setdefault(call["sha256"], []).append(call)
    texts = Counter(post["text"] for post in posts if not post["deleted"])
    return Evidence(shares, last, texts, calls)


def creates(scene: Scene) -> list[dict[str, Any]]:
    """Every create call that arrived, oldest first."""
    return _asked(scene, "creates")


def _asked(scene: Scene, what: str) -> list[dict[str, Any]]:
    said = requests.get(f"{scene.site}/sandbox/{what}.json", timeout=60).json()
    return list(said[what])


def judge(
    scene: Scene,
    accepted: int,
    *,
    may_be: frozenset[ShareState] = frozenset({S.PUBLISHED, S.UNCERTAIN}),
) -> Verdict:
    """`accepted` shares were taken in; in the end each must be in a state of `may_be`."""
    seen = collect(scene)
    live = {share.id: seen.posts[share.text] for share in seen.shares}
    verdict = Verdict(
        states=Counter(share.state for share in seen.shares),
        live=sum(seen.posts.values()),
        uncertain_live=sum(
            live[share.id] for share in seen.shares if share.state is S.UNCERTAIN
        ),
        lost=max(0, accepted - len(seen.shares)),
        doubled=sum(count > 1 for count in live.values()),
    )
    strangers = set(seen.posts) - {share.text for share in seen.shares}
    verdict.demand(not strangers, f"{len(strangers)} posts belong to no share")
    for share in seen.shares:
        _look_at(share, live[share.id], seen, scene, verdict, may_be)
    verdict.demand(not verdict.lost, f"{verdict.lost} lost")
    verdict.demand(not verdict.doubled, f"{verdict.doubled} doubled")
    return verdict


def _look_at(
    share: Share,
    posts: int,
    seen: Evidence,
    scene: Scene,
    verdict: Verdict,
    may_be: frozenset[ShareState],
) -> None:
    name = f"share {share.id} is {share.state.value}"
    if share.state not in may_be:
        verdict.lost += share.state not in {S.FAILED, S.CANCELLED, S.MISSED}
        verdict.breach(f"{name} ({share.reason})")
    if share.state is S.PUBLISHED and posts == 0:
        verdict.lost += 1
        verdict.breach(f"{name} and is not there")
    if share.state in {S.CANCELLED, S.FAILED, S.MISSED} and posts:
        verdict.demand(share.reason == Reason.DUPLICATE, f"{name} and is there")
    if share.state is S.UNCERTAIN and not _in_doubt(share, seen, scene):
        verdict.breach(f"{name} without a reason for doubt")


def _in_doubt(share: Share, seen: Evidence, scene: Scene) -> bool:
    """Armed by a worker that was killed, answered with what proves nothing, or posted
    after the copy was made that was put back.
    """
    if share.reason == Reason.RESTORED:
        return share.id in scene.restored
    attempt = seen.last.get(share.id)
    if attempt is None or attempt.outcome != S.UNCERTAIN:
        return False
    if share.reason == Reason.WORKER_LOST:
        return int(attempt.worker.split(":")[1]) in scene.killed
    calls = seen.calls.get(attempt.body_sha256, [])
    late = {"slow", "late_after_commit"}
    return any(one["answered"] in DOUBTFUL or one["fault"] in late for one in calls)
