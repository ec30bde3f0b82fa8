"""How a released figure is shown, decided by noisy values alone (privacy.md 1.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

from advocacy.reach.adding_up import PartsOf, rounded_tree
from advocacy.reach.apportion import to_the_nearest
from advocacy.reach.models import Metric
from advocacy.reach.tables import (
    CLICKS_SHOWN_FROM,
    HEADS_STEP,
    SHARES_SHOWN_FROM,
    TABLES,
    Level,
    Measure,
    Table,
)

STEP = {Metric.SHARERS: 5, Metric.CLICKS: 10}


@dataclass(frozen=True)
class Shown:
    """What people see: about so many, give or take; no value: too few to show."""

    value: int | None
    margin: int


def shown(metric: Metric, noisy: int, margin: int) -> Shown:
    """Colleagues to the nearest five and never below none; visits from the margin on."""
    if metric is Metric.SHARERS:
        return Shown(max(0, to_the_nearest(noisy, STEP[metric])), margin)
    # The margin is two sigmas: below it the figure says nothing but noise.
    if noisy < margin:
        return Shown(None, margin)
    return Shown(to_the_nearest(noisy, STEP[metric]), margin)


def shown_values(
    table: Table,
    measure: Measure,
    noisy: Mapping[str, int],
    totals: PartsOf,
) -> dict[str, int | None]:
    """What people see of each group and each total, by key; None: too few to show.

    On every level the parts make up their whole. Visits are shown from their margin on.
    """
    if table.level is Level.ITEM:
        raise ValueError("the figures of an item are shown together: item_shown")
    rounded = rounded_tree(noisy, totals, measure.step)
    if measure.metric is Metric.SHARERS:
        return {key: one.value for key, one in rounded.items()}
    return {
        key: one.value if one.is_at_least(margin_of(measure.sigma, one.parts)) else None
        for key, one in rounded.items()
    }


def item_shown(
    shares: int, clicks: int, table: Table = TABLES["item"]
) -> tuple[int | None, int | None]:
    """What people see of an item's noisy shares and visits; None: too few to show."""
    of_shares, of_clicks = table.measure(Metric.SHARES), table.measure(Metric.CLICKS)
    if shares < max(SHARES_SHOWN_FROM, of_shares.margin):
        return None, None
    seen = to_the_nearest(shares, of_shares.step)
    if shares < CLICKS_SHOWN_FROM or clicks < of_clicks.margin:
        return seen, None
    return seen, to_the_nearest(clicks, of_clicks.step)


def margin_of(sigma: int, parts: int) -> int:
    """Give or take how much, for a sum of so many figures: 2 sigma √parts, rounded up."""
    return isqrt(4 * sigma * sigma * parts - 1) + 1


def heads_shown(heads: int) -> int:
    """A number of colleagues as people see it: one who comes or goes is no step."""
    return to_the_nearest(heads, HEADS_STEP)
