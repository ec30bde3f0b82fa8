"""The tables of the method in words: for which organisations, and of what."""

from flask_babel import gettext as _

from advocacy.reach.tables import (
    FIRST_METHOD,
    METHOD_VERSION,
    PLAN,
    SIZES,
    Level,
    Size,
    Table,
)
from advocacy.reach.words import metric_title, rhythm_name
from advocacy.web.formats import fixed, number


def size_name(size: Size) -> str:
    """ "25 to 199 colleagues", "2,000 colleagues or more"."""
    least = {one: number_ for number_, one in SIZES}
    above = [number_ for number_, _one in SIZES if number_ > least[size]]
    if not above:
        return _("%(least)s colleagues or more", least=number(least[size]))
    return _(
        "%(least)s to %(most)s colleagues",
        least=number(least[size]),
        most=number(above[0] - 1),
    )


def level_name(level: Level) -> str:
    """What a figure is about."""
    return {
        Level.ORGANISATION: _("The whole organisation"),
        Level.DIVISION: _("A division"),
        Level.UNIT: _("A group of units"),
        Level.ITEM: _("An item"),
    }[level]


def table_name(table: Table) -> str:
    """ "A group of units, quarter"."""
    period = rhythm_name(table.rhythm)
    return f"{level_name(table.level)}, {period[:1].lower()}{period[1:]}"


def figure_name(table: Table, metric: str) -> str:
    """ "A group of units, quarter: colleagues who shared something"."""
    title = metric_title(table.measure(metric).metric)
    return f"{table_name(table)}: {title[:1].lower()}{title[1:]}"


def full_name(table: Table, metric: str) -> str:
    """The same with the sizes that have it: "… (200 to 1,999 colleagues)"."""
    having = [size for size in PLAN if table.name in {one.name for one in PLAN[size]}]
    if len(having) == 1:
        sizes = size_name(having[0])
    else:  # always up to the largest
        least = min(least for least, size in SIZES if size in having)
        sizes = _("%(least)s colleagues or more", least=number(least))
    return f"{figure_name(table, metric)} ({sizes})"


def version_words(version: int) -> str:
    """What a version of the method was about."""
    words = {
        FIRST_METHOD: _("Figures of the organisation as a whole, and of nothing else."),
        METHOD_VERSION: _(
            "Figures of divisions, groups of units and items too, by the size of the"
            " organisation. Parts add up to their whole."
        ),
    }
    return words[version]


def in_hundred(guess: float, places: int = 0) -> str:
    """ "65" or "65.1" of 100 guesses."""
    return fixed(100 * guess, places) if places else number(round(100 * guess))
