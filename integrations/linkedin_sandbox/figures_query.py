"""Reading a question about figures as strictly as Rest.li does.

The query is looked at as it came: its structure in plain letters, its leaves encoded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import unquote

from integrations.linkedin_sandbox.counting import SHARES, count
from integrations.linkedin_sandbox.records import Post
from integrations.linkedin_sandbox.refusals import Refusal

Read = TypeVar("Read")

KNOWN = ("q", "entity", "queryType", "aggregation", "dateRange")
FIRST_METRICS = {"IMPRESSION", "MEMBERS_REACHED", "RESHARE", "REACTION", "COMMENT"}
MORE_METRICS = "202604"
NEVER_DAILY = {
    "MEMBERS_REACHED",
    "LINK_CLICKS",
    "FOLLOWER_GAINED_FROM_CONTENT",
    "PROFILE_VIEW_FROM_CONTENT",
}
_URN = {"share": r"urn:li:share:\d+", "ugc": r"urn:li:ugcPost:\d+"}
_ENTITY = re.compile(r"\((share|ugc):([A-Za-z0-9%]+)\)")
_DAY = r"\(day:(\d{1,2}),month:(\d{1,2}),year:(\d{4})\)"
_RANGE = re.compile(rf"\(start:{_DAY},end:{_DAY}\)")


@dataclass(frozen=True)
class FiguresQuery:
    """What is asked: a metric of one post (`urn`) or, without, of all posts together."""

    metric: str
    daily: bool
    kind: str = ""
    urn: str | None = None
    days: tuple[date, date] | None = None

    def count(self, post: Post, start: date | None, end: date | None) -> int:
        """The figure of one post between two days."""
        return count(post, self.metric, start, end)


def read_query(raw: str, version: str) -> FiguresQuery:
    """The question in `raw`, or LinkedIn's complaint about it."""
    pairs = [part.partition("=")[::2] for part in raw.split("&") if part]
    given = dict(pairs)
    for name, _ in pairs:
        if name not in KNOWN:
            message = f"Query parameter '{name}' is not allowed"
            raise Refusal(400, message, "QUERY_PARAM_NOT_ALLOWED")
    finder = given.get("q", "")
    if finder not in {"entity", "me"} or (finder == "me" and "entity" in given):
        message = "Resource method could not be resolved from request parameters."
        raise Refusal(400, message, "ILLEGAL_ARGUMENT")
    metric = _metric(given.get("queryType", ""), version)
    daily = _daily(given.get("aggregation", "TOTAL"), metric, finder)
    kind, urn = "", None
    if finder == "entity":
        kind, urn = _read(given, "entity", _entity)
    days = _read(given, "dateRange", _days) if "dateRange" in given else None
    return FiguresQuery(metric, daily, kind, urn, days)


def _metric(name: str, version: str) -> str:
    known = set(SHARES) if version >= MORE_METRICS else FIRST_METRICS
    if name not in known:
        raise _invalid("queryType")
    return name


def _daily(aggregation: str, metric: str, finder: str) -> bool:
    if aggregation not in {"TOTAL", "DAILY"}:
        raise _invalid("aggregation")
    daily = aggregation == "DAILY"
    of_one_post = finder == "entity" and metric == "IMPRESSION"
    if daily and (metric in NEVER_DAILY or of_one_post):
        message = f"Aggregation DAILY is not supported for {metric}"
        raise Refusal(400, message, "ILLEGAL_ARGUMENT")
    return daily


def _read(
    given: dict[str, str], name: str, reader: Callable[[str], Read | None]
) -> Read:
    found = reader(given.get(name, ""))
    if found is None:
        raise _invalid(name)
    return found


def _entity(raw: str) -> tuple[str, str] | None:
    """`(share:urn%3Ali%3Ashare%3A1)`; encoded twice or not at all is something else."""
    match = _ENTITY.fullmatch(raw)
    if match is None:
        return None
    kind, urn = match[1], unquote(match[2])
    return (kind, urn) if re.fullmatch(_URN[kind], urn) else None


def _days(raw: str) -> tuple[date, date] | None:
    match = _RANGE.fullmatch(raw)
    if match is None:
        return None
    day, month, year, to_day, to_month, to_year = map(int, match.groups())
    try:
        start, end = date(year, month, day), date(to_year, to_month, to_day)
    except ValueError:
        return None
    return (start, end) if start < end else None


def _invalid(name: str) -> Refusal:
    return Refusal(400, f"Parameter '{name}' is invalid", "ILLEGAL_ARGUMENT")
