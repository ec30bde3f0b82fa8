"""Everything there is to look at when a trial is over: the network's log and our rows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import requests
from sqlalchemy import func, select

from advocacy.shares.models import PublishAttempt, Share
from integrations.database import transaction
from tests.crash.scene import Scene

Said = dict[str, Any]


@dataclass
class Evidence:
    """Shares as they are stored `at` that time, by the database's clock."""

    shares: list[Share]
    attempts: list[PublishAttempt]  # in the order of their numbers
    posts: list[Said]  # all that ever were, as the network tells
    calls: list[Said]
    at: datetime
    patience: float  # seconds in which a sweep must have come by
    killed: set[int] = field(default_factory=set)  # process numbers
    frozen: set[int] = field(default_factory=set)  # the same
    restored: set[int] = field(default_factory=set)  # shares a copy brought back
    interrupted: set[int] = field(default_factory=set)  # and those it saw on their way

    def __post_init__(self) -> None:
        self.last = {attempt.share_id: attempt for attempt in self.attempts}
        self.made = Counter(post["text"] for post in self.posts)
        self.live = Counter(one["text"] for one in self.posts if not one["deleted"])
        self.ids = {post["urn"]: post["text"] for post in self.posts}


def collect(scene: Scene) -> Evidence:
    with transaction() as session:
        shares = list(session.scalars(select(Share).order_by(Share.id)))
        found = select(PublishAttempt).order_by(PublishAttempt.n)
        attempts = list(session.scalars(found))
        at = session.execute(select(func.clock_timestamp())).scalar_one()
    return Evidence(
        shares=shares,
        attempts=attempts,
        posts=_asked(scene, "posts"),
        calls=creates(scene),
        at=at,
        patience=2 * scene.pace.sweep + 2,
        killed=scene.killed,
        frozen=scene.frozen,
        restored=scene.restored,
        interrupted=scene.interrupted,
    )


def creates(scene: Scene) -> list[Said]:
    """Every create call that arrived, oldest first."""
    return _asked(scene, "creates")


def _asked(scene: Scene, what: str) -> list[Said]:
    said = requests.get(f"{scene.site}/sandbox/{what}.json", timeout=60).json()
    return list(said[what])
