"""One's own figures as files: exact numbers, for whoever they are about.

LinkedIn's own figures are not in them: it lets them be shown here and nowhere else
(privacy.md 6).
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from advocacy.links.models import Outcome
from advocacy.outside import network_name
from advocacy.own_figures.own_visits import OwnVisits
from advocacy.own_figures.queries import Post
from advocacy.own_figures.words import LEFT_OUT
from advocacy.shares.drafting import link_address


def records(
    posts: Sequence[Post], visits: OwnVisits, base_url: str
) -> list[dict[str, Any]]:
    """One record a post, newest first; without `visits` they are not counted."""
    return [_record(post, visits, base_url) for post in posts]


def _record(post: Post, visits: OwnVisits, base_url: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "title": post.title,
        "network": post.network,
        "posted_on": post.posted_at.astimezone(UTC).date().isoformat(),
        "link": None,
        "visits": None,
        "left_out": None,
        "visits_by_day": None,
    }
    code = post.link_code or ""
    if (totals := visits.totals.get(code)) is not None:
        days = visits.days.get(code, {})
        record |= {
            "link": link_address(base_url, code),
            "visits": totals.get(Outcome.COUNTED, 0),
            "left_out": {one.value: totals.get(one, 0) for one in LEFT_OUT},
            "visits_by_day": {day.isoformat(): days[day] for day in days},
        }
    return record


def lines(found: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """The records as lines of a table, networks by their own names, without their days."""
    return [_flat(one) for one in found]


def _flat(one: dict[str, Any]) -> list[Any]:
    left_out = one["left_out"] or {}
    return [
        one["title"],
        network_name(one["network"]),
        one["posted_on"],
        one["link"],
        one["visits"],
        *(left_out.get(outcome.value) for outcome in LEFT_OUT),
    ]
