"""Items whose figures came out, in words: the newest first, whatever the figures say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from advocacy.reach.alphabet import by_name
from advocacy.reach.item_queries import Measured
from advocacy.reach.sentences import item_sentences, notice, of_so_many


@dataclass(frozen=True)
class Row:
    """One item with its two figures."""

    item: Measured
    sentences: list[str]
    shares: str  # "about 40 of 620"
    visits: str
    notice: str


@dataclass(frozen=True)
class Year:
    """Items that were offered in the same year."""

    year: int
    rows: list[Row]


def by_year(items: Iterable[Measured]) -> list[Year]:
    """The newest day first; of one day from A to Z."""
    a_to_z = sorted(items, key=lambda one: (by_name(one.title), one.group))
    newest = sorted(a_to_z, key=_offered, reverse=True)
    return [
        Year(year, [_row(one) for one in found])
        for year, found in groupby(newest, key=lambda one: _offered(one).year)
    ]


def _offered(item: Measured) -> date:
    return item.shares.window.start


def _row(item: Measured) -> Row:
    return Row(
        item=item,
        sentences=item_sentences(item.shares, item.visits),
        shares=of_so_many(item.shares),
        visits=of_so_many(item.visits),
        notice=notice(item.shares),
    )
