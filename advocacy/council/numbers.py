"""Floors, caps and noise as they hold this year, and what was raised when."""

from collections.abc import Sequence
from fractions import Fraction

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.council.document import Section, Table
from advocacy.council.times import full_date
from advocacy.reach.ledger import best_guess
from advocacy.reach.ledger_queries import ledger_years
from advocacy.reach.method_words import level_name
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.parameters import all_in_force, changes
from advocacy.reach.tables import (
    PLAN,
    SIZES,
    SMALLEST,
    TABLES,
    YEARLY_LIMIT,
    Size,
)
from advocacy.reach.tables import Table as FigureTable
from advocacy.reach.words import metric_title, rhythm_name
from advocacy.web.formats import number
from integrations.clock import now

LEAST = {size: least for least, size in SIZES}


def numbers(session: Session, year: int) -> Section:
    """What holds for periods that begin in `year`, with the history of it."""
    decided = changes(session)
    nothing = () if decided else (_("Nothing was raised so far."),)
    history = (_history(decided),) if decided else ()
    return Section(
        "floors-and-noise",
        _("Floors, caps and noise of figures"),
        (*_rule(session, year), *nothing),
        (_in_force(session, year), *history),
    )


def _rule(session: Session, year: int) -> tuple[str, ...]:
    best = round(100 * best_guess(YEARLY_LIMIT))
    return (
        _(
            "A figure is about a group of colleagues, never fewer than the floor."
            " What one person adds is cut off at the cap. Then chance is mixed in:"
            " noise."
        ),
        _(
            "Below %(floor)s colleagues there are no figures. The organisation may"
            " raise floors and noise, from the next calendar year on, with two"
            " people’s consent; it can lower nothing.",
            floor=SMALLEST,
        ),
        _(
            "Whoever knows of all other colleagues whether they take part, and"
            " reads a whole year of figures on taking part, guesses right about"
            " the last one at most %(best)s times in 100. With a coin it is 50.",
            best=best,
        ),
        _(
            "In %(year)s the figures on taking part have cost %(spent)s of a limit"
            " of %(limit)s.",
            year=str(year),
            spent=_decimal(float(_spent(session, year))),
            limit=_decimal(float(YEARLY_LIMIT)),
        ),
    )


def _spent(session: Session, year: int) -> Fraction:
    """As the page of the ledger has it: from the opening on that figures are read at."""
    years = {one.year: one.spent for one in ledger_years(session, now())}
    return years.get(year, Fraction(0))


def _decimal(value: float) -> str:
    return number(round(value, 3))


def _in_force(session: Session, year: int) -> Table:
    in_force = all_in_force(session, year)
    return Table(
        _("What holds in %(year)s", year=str(year)),
        (
            _("Colleagues from"),
            _("Of what"),
            _("Period"),
            _("At least"),
            _("Figure"),
            _("At most per person"),
            _("Noise (sigma)"),
            _("Give or take"),
        ),
        tuple(
            row
            for size, tables in PLAN.items()
            for table in tables
            if table.published
            for row in _rows(size, in_force[table.name])
        ),
        numbers=(0, 3, 5, 6, 7),
    )


def _rows(size: Size, table: FigureTable) -> list[tuple[str, ...]]:
    return [
        (
            number(LEAST[size]),
            level_name(table.level),
            rhythm_name(table.rhythm),
            number(table.floor),
            metric_title(one.metric),
            number(one.cap),
            number(one.sigma),
            number(one.margin),
        )
        for one in table.measures
    ]


def _number(one: ParameterChange, raised: int | None) -> str:
    if one.takes_back:
        return _("taken back")
    return "" if raised is None else number(raised)


def _history(decided: Sequence[ParameterChange]) -> Table:
    head = (
        _("Decided on"),
        _("Of what"),
        _("Figure"),
        _("At least"),
        _("Noise (sigma)"),
        _("From"),
    )
    rows = tuple(
        (
            full_date(one.decided_at),
            level_name(TABLES[one.table].level),
            metric_title(one.metric),
            _number(one, one.floor),
            _number(one, one.sigma),
            str(one.year),
        )
        for one in decided
    )
    return Table(_("What was raised, oldest first"), head, rows, numbers=(3, 4, 5))
