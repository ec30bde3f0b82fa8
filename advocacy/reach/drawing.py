"""Adding up what people add, and mixing in chance: the only place that does either.

The exact sum lives in one expression. It is not stored, returned, compared or logged.
"""

from collections.abc import Iterable, Mapping

from advocacy.reach.gaussian import Coin, discrete_gaussian
from advocacy.reach.tables import Measure


def drawn(
    amounts: Mapping[str, Iterable[int]], measure: Measure, coin: Coin
) -> dict[str, int]:
    """For each group the sum of what each person adds, noise included; by its key.

    Groups are drawn in the order of their keys, whatever order they come in.
    """
    return {key: noisy_sum(amounts[key], measure, coin) for key in sorted(amounts)}


def noisy_sum(amounts: Iterable[int], measure: Measure, coin: Coin) -> int:
    """The sum with one draw of noise, which it gets also when there is nothing in it.

    The noise hides one person up to the cap, so nobody adds more than that.
    """
    return sum(min(one, measure.cap) for one in amounts) + discrete_gaussian(
        measure.sigma, coin
    )
