"""/rest/memberCreatorPostAnalytics: how a member's posts are doing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.counting import counted, first_day, today
from integrations.linkedin_sandbox.figures_query import FiguresQuery, read_query
from integrations.linkedin_sandbox.gateway import (
    author_of,
    check_call,
    memory,
    not_before,
    token_for,
)
from integrations.linkedin_sandbox.records import Post
from integrations.linkedin_sandbox.refusals import forbidden

blueprint = Blueprint("figures", __name__, url_prefix="/rest")

FIRST_VERSION = "202506"
# From here on a metric is named plainly; before, by an object with one key.
PLAIN_METRICS = "202605"
METRIC = (
    "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1"
)


@blueprint.get("/memberCreatorPostAnalytics")
def analytics() -> ResponseReturnValue:
    """One metric, of one post or of all the member's posts."""
    check_call()
    not_before(FIRST_VERSION)
    with memory().lock:
        resource = "memberCreatorPostAnalytics.FINDER-" + request.args.get("q", "")
        token = token_for("r_member_postAnalytics", resource)
        wanted = read_query(request.query_string.decode(), _version())
        posts = _posts(wanted, author_of(token))
        elements = _elements(wanted, posts) if posts else []
    paging = {"start": 0, "count": 10, "links": [], "total": len(elements)}
    return jsonify(paging=paging, elements=elements)


def _version() -> str:
    return request.headers["LinkedIn-Version"]


def _posts(wanted: FiguresQuery, author: str) -> list[Post]:
    """Those that are known to the counters: not deleted, and not quite new."""
    if wanted.urn is None:
        found = [post for post in memory().posts.values() if post.author == author]
    else:
        one = memory().posts.get(wanted.urn)
        if one and one.author != author:
            raise forbidden("this post")
        found = [one] if one else []
    return [post for post in found if not post.deleted and counted(post)]


def _elements(wanted: FiguresQuery, posts: Sequence[Post]) -> list[dict[str, Any]]:
    start, end = wanted.days or (None, None)
    if not wanted.daily:
        return [_element(wanted, posts, start, end)]
    day = max(start or date.min, min(first_day(post) for post in posts))
    last = min(end or date.max, today() + timedelta(days=1))
    days = [day + timedelta(days=number) for number in range((last - day).days)]
    return [_element(wanted, posts, one, one + timedelta(days=1)) for one in days]


def _element(
    wanted: FiguresQuery, posts: Sequence[Post], start: date | None, end: date | None
) -> dict[str, Any]:
    metric: object = wanted.metric
    if _version() < PLAIN_METRICS:
        metric = {METRIC: wanted.metric}
    element: dict[str, Any] = {
        "count": sum(wanted.count(post, start, end) for post in posts),
        "metricType": metric,
    }
    if wanted.urn:
        element["targetEntity"] = {wanted.kind: wanted.urn}
    if start and end:
        element["dateRange"] = {"start": _said(start), "end": _said(end)}
    return element


def _said(day: date) -> dict[str, int]:
    return {"day": day.day, "month": day.month, "year": day.year}
