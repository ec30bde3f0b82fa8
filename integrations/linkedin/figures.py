"""How a member's own post is doing, read with the second app (linkedin.md 4.1)."""

from collections.abc import Mapping
from typing import Any

from integrations.breaker import Breaker
from integrations.errors import Refused
from integrations.http_messages import Answer
from integrations.linkedin import restli
from integrations.linkedin.calls import Calls
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import Access, DayLimits, Figure

PATH = "/rest/memberCreatorPostAnalytics"

# Each is a call of its own.
QUERY_TYPES = {
    Figure.SHOWN: "IMPRESSION",
    Figure.REACHED: "MEMBERS_REACHED",
    Figure.REACTIONS: "REACTION",
    Figure.COMMENTS: "COMMENT",
    Figure.RESHARES: "RESHARE",
}
# While LinkedIn calls the app one in development; it promises more afterwards.
DAY_LIMITS = DayLimits(member=100, app=500)

# What LinkedIn calls a post's kind in a query is not what it is called in the URN.
_KINDS = {"share": "share", "ugcPost": "ugc"}


class LinkedInFigures:
    """A `FigureReader` for LinkedIn; `settings` are those of the second app."""

    def __init__(
        self, settings: LinkedInSettings, breaker: Breaker | None = None
    ) -> None:
        """Nothing is sent yet; `breaker` is shared with others who call LinkedIn."""
        self._settings = settings
        self._breaker = breaker or Breaker()

    @property
    def day_limits(self) -> DayLimits:
        """Those of an app in development, the strictest there are."""
        return DAY_LIMITS

    @property
    def calls_each(self) -> int:
        """One for each figure."""
        return len(QUERY_TYPES)

    def figures(self, access: Access, post_id: str) -> Mapping[Figure, int]:
        """What LinkedIn counted so far; nothing is taken for zero that it does not say."""
        found = {}
        entity = _entity(post_id)
        with Calls(self._settings, access, self._breaker) as calls:
            for figure, query_type in QUERY_TYPES.items():
                asked = restli.query(
                    q="entity", entity=entity, queryType=query_type, aggregation="TOTAL"
                )
                answer = calls.rest("GET", f"{PATH}?{asked}")
                count = _count(answer, query_type, post_id)
                if count is not None:
                    found[figure] = count
        return found


def _entity(post_id: str) -> dict[str, str]:
    kind = _KINDS.get("".join(post_id.split(":")[2:3]))
    if kind is None:
        raise Refused("this is not the id of a post at LinkedIn", code="urn")
    return {kind: post_id}


def _count(answer: Answer, query_type: str, post_id: str) -> int | None:
    elements = answer.said().get("elements")
    if not isinstance(elements, list):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    for element in elements:
        if isinstance(element, dict) and _is_about(element, query_type, post_id):
            count = element.get("count")
            if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
                return count
    return None


def _is_about(element: dict[str, Any], query_type: str, post_id: str) -> bool:
    """Each of the two is a plain string in newer versions and wrapped in older ones."""
    metric, target = element.get("metricType"), element.get("targetEntity")
    return _plain(metric) == query_type and _plain(target) in {None, post_id}


def _plain(said: object) -> object:
    """`"X"` out of `"X"` or `{"whatever": "X"}`."""
    if isinstance(said, dict) and len(said) == 1:
        return next(iter(said.values()))
    return said
