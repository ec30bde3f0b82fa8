"""What every page of figures is given: the way around, the rule, the words."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from advocacy.people.access import signed_in_person
from advocacy.people.roles import Permission
from advocacy.reach.models import Metric
from advocacy.reach.tables import METHOD_VERSION, PLAN, SMALLEST, Level
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
        pages=_pages(),
        rule=RULE,
        about=about,
        metric_title=metric_title,
        **values,
    )


def _pages() -> list[tuple[str, str]]:
    """The pages this reader may open, as endpoints, and what they are called."""
    may = signed_in_person().permissions
    found = [
        ("reach.page", _("The organisation"), Permission.READ_REACH),
        ("reach.units", _("All parts"), Permission.READ_UNITS),
        ("reach.items", _("Items"), Permission.READ_ITEMS),
        ("reach.method", _("How figures are made"), Permission.READ_REACH),
        ("reach.parameters", _("Parameters"), Permission.READ_REACH),
        ("reach.ledger", _("Ledger"), Permission.READ_REACH),
        ("reach.attacks", _("Attacks"), Permission.READ_REACH),
        ("reach.seals", _("Seals"), Permission.AUDIT),
        ("reach.access_log", _("Access log"), Permission.AUDIT),
        ("own_figures.page", _("My figures"), Permission.OWN_DATA),
    ]
    return [(endpoint, words) for endpoint, words, needed in found if needed in may]
