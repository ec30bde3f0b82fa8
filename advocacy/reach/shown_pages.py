"""What every page of figures is given: the way around, the rule, the words."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from advocacy.reach.models import Metric
from advocacy.reach.tables import METHOD_VERSION, PLAN, SMALLEST, Level
from advocacy.reach.ways import ways
from advocacy.reach.words import about, metric_title


@dataclass(frozen=True)
class Rule:
    """From how many colleagues on there are figures: in general, so that no part of the
    organisation is said to be too small.
    """

    least: int
    floor: int
    visits: int
    version: int


def _lowest_floor(metric: Metric) -> int:
    return min(
        table.floor
        for tables in PLAN.values()
        for table in tables
        if table.level in {Level.DIVISION, Level.UNIT}
        and metric in {measure.metric for measure in table.measures}
    )


RULE = Rule(
    least=SMALLEST,
    floor=_lowest_floor(Metric.SHARERS),
    visits=_lowest_floor(Metric.CLICKS),
    version=METHOD_VERSION,
)


def shown_page(template: str, **values: Any) -> str:
    """The page with what all pages of figures need."""
    return render_template(
        template,
        ways=ways(),
        rule=RULE,
        about=about,
        metric_title=metric_title,
        **values,
    )
