"""Invented figures: they only grow, fast at first, and are the same each time."""

import math
import random
from datetime import UTC, date, datetime, time

from integrations.clock import now
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.records import Post

# How much of a metric falls to one impression, between these two.
SHARES = {
    "IMPRESSION": (1, 1),
    "MEMBERS_REACHED": (0.55, 0.8),
    "REACTION": (0.01, 0.06),
    "COMMENT": (0.001, 0.01),
    "RESHARE": (0.001, 0.006),
    "POST_SAVE": (0.001, 0.004),
    "POST_SEND": (0.001, 0.004),
    "LINK_CLICKS": (0.005, 0.03),
    "PREMIUM_CTA_CLICKS": (0, 0),
    "FOLLOWER_GAINED_FROM_CONTENT": (0, 0.002),
    "PROFILE_VIEW_FROM_CONTENT": (0.002, 0.01),
}
# After two days a post has two thirds of what it will ever get.
SLOWNESS = 2 * 24 * 60 * 60


def counted(post: Post) -> bool:
    """Whether the counters know the post yet."""
    age = now().timestamp() - post.received_at
    return age >= memory().settings.figures_after_seconds


def count(post: Post, metric: str, start: date | None, end: date | None) -> int:
    """What fell between two midnights UTC, the second excluded; None: ever, or so far."""
    before = _until(post, metric, _midnight(start)) if start else 0
    so_far = now().timestamp()
    upto = min(_midnight(end), so_far) if end else so_far
    return max(_until(post, metric, upto) - before, 0)


def first_day(post: Post) -> date:
    """The day on which counting began."""
    return datetime.fromtimestamp(post.received_at, UTC).date()


def today() -> date:
    """The day it is, in UTC."""
    return now().date()


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()


def _until(post: Post, metric: str, moment: float) -> int:
    luck = random.Random(post.urn)  # noqa: S311 – no secret
    everybody = luck.uniform(200, 3000)
    least, most = SHARES[metric]
    share = random.Random(f"{post.urn} {metric}").uniform(least, most)  # noqa: S311
    age = max(moment - post.received_at, 0)
    return int(everybody * share * (1 - math.exp(-age / SLOWNESS)))
