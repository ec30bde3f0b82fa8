"""All parts of the organisation as a list by name: never in an order by what they did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from advocacy.reach.alphabet import by_name
from advocacy.reach.queries import Figure
from advocacy.reach.sentences import notice, of_so_many
from advocacy.reach.series import METRICS, RHYTHMS
from advocacy.reach.tables import Level
from advocacy.reach.words import (
    group_name,
    is_put_together,
    metric_title,
    window_name,
)

LEVELS = (Level.DIVISION, Level.UNIT)


@dataclass(frozen=True)
class Row:
    """One part in the latest window it was measured in."""

    key: str
    name: str
    words: str  # "about 10 of 120"
    figure: Figure
    notice: str


@dataclass(frozen=True)
class Listing:
    """What was measured together: one metric of one level in one window."""

    key: str
    level: str
    title: str
    window: str
    rows: list[Row]
    some_add_up: bool
    some_put_together: bool


def listings(figures: Iterable[Figure]) -> list[Listing]:
    """Divisions before smaller parts, colleagues before visits, names from A to Z."""
    ordered = sorted(figures, key=lambda one: (_kind(one), _place(one)))
    return [_listing(list(found)) for _kind_of, found in groupby(ordered, key=_kind)]


def _kind(one: Figure) -> tuple[int, int, int]:
    return (
        LEVELS.index(one.table.level),
        RHYTHMS.index(one.table.rhythm),
        METRICS.index(one.metric),
    )


def _place(one: Figure) -> tuple[tuple[str, str], str]:
    return by_name(group_name(one.name)), one.group


def _listing(found: Sequence[Figure]) -> Listing:
    first = found[0]
    window = window_name(first.window, first.table.rhythm)
    return Listing(
        key=f"{first.table.level}-{first.metric}",
        level=level_name(first.table.level),
        title=f"{metric_title(first.metric)}, {window}",
        window=window,
        rows=[
            Row(one.group, group_name(one.name), of_so_many(one), one, notice(one))
            for one in found
        ],
        some_add_up=any(one.adds_up for one in found),
        some_put_together=any(is_put_together(one.name) for one in found),
    )


def level_name(level: Level) -> str:
    """What parts of one size are called together."""
    return _("Divisions") if level is Level.DIVISION else _("Parts")
