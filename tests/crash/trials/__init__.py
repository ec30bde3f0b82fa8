"""What is tried, by its number in reliability.md 6."""

from collections.abc import Callable

from tests.crash.table import Row
from tests.crash.trials import exact_kills, random_kills

Trial = Callable[..., list[Row]]

TRIALS: dict[str, tuple[Trial, ...]] = {
    "T1": (random_kills.run,),
    "T2": (exact_kills.run, exact_kills.frozen),
}
