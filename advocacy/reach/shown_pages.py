"""What every page of figures is given: the way around, the rule, the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from advocacy.reach.models import Metric
from advocacy.reach.parameters import all_in_force
from advocacy.reach.quarters import size_on
from advocacy.reach.tables import (
    METHOD_VERSION,
    PLAN,
    SMALLEST,
    Level,
    Size,
    Table,
)
from advocacy.reach.ways import ways
from advocacy.reach.words import about, metric_title
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@dataclass(frozen=True)
class Rule:
    """From how many colleagues on there are figures this year: in general, so that no part
    of the organisation is said to be too small.
    """

    least: int
    floor: int
    visits: int
    version: int


def rule_in_force(tables: Mapping[str, Table], size: Size | None) -> Rule:
    """The rule of a year, from all its tables by name, for an organisation of this size;
    in general where that has no figures of parts.
    """
    plans = [PLAN[size]] if size not in {None, Size.SMALL} else PLAN.values()
    held = [tables[table.name] for plan in plans for table in plan]
    whole = [
        table.floor
        for table in held
        if table.level is Level.ORGANISATION and table.published
    ]
    return Rule(
        least=max(SMALLEST, min(whole)),
        floor=_lowest_floor(held, Metric.SHARERS),
        visits=_lowest_floor(held, Metric.CLICKS),
        version=METHOD_VERSION,
    )


def _lowest_floor(tables: Sequence[Table], metric: Metric) -> int:
    return min(
        table.floor
        for table in tables
        if table.level in {Level.DIVISION, Level.UNIT}
        and metric in {measure.metric for measure in table.measures}
    )


def shown_page(template: str, **values: Any) -> str:
    """The page with what all pages of figures need."""
    with transaction(READER) as session:
        today = now().date()
        in_force = all_in_force(session, today.year)
        size = size_on(session, today)
    return render_template(
        template,
        ways=ways(),
        rule=rule_in_force(in_force, size),
        tables=in_force,
        about=about,
        metric_title=metric_title,
        **values,
    )
