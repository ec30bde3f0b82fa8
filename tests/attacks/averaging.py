"""What anybody gets who can have the same figure drawn again and again."""

from advocacy.reach.gaussian import discrete_gaussian
from advocacy.reach.tables import Measure
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.guessing import right_of

TIMES = 1_000
TRIALS = 40
REACHES = 0.9


def averaged(measure: Measure, coin: SeededCoin) -> float:
    """How often the mean of so many draws tells whether one colleague took part."""
    known = 40

    def guess(secret: bool) -> bool:  # noqa: FBT001
        drawn = (discrete_gaussian(measure.sigma, coin) for _ in range(TIMES))
        off = known + secret + sum(drawn) / TIMES
        return 2 * (off - known) > 1

    return right_of(TRIALS, guess)
