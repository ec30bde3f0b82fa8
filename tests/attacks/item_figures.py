"""An item's two figures, as the release makes them of what each person adds."""

from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.reach.display import item_shown
from advocacy.reach.drawing import drawn
from advocacy.reach.gaussian import Coin
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES

ITEM = TABLES["item"]
SHARES, VISITS = ITEM.measure(Metric.SHARES), ITEM.measure(Metric.CLICKS)


@dataclass(frozen=True)
class ItemFigures:
    """As stored, and as shown; None: not shown."""

    shares: int
    visits: int
    shares_shown: int | None
    visits_shown: int | None


def released_item(
    shares: Sequence[int], visits: Sequence[int], coin: Coin
) -> ItemFigures:
    """`visits` has a number for each person, before the cap."""
    noisy = drawn({"item": shares}, SHARES, coin)["item"]
    noisy_visits = drawn({"item": visits}, VISITS, coin)["item"]
    return ItemFigures(noisy, noisy_visits, *item_shown(noisy, noisy_visits))
