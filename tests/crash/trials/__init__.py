"""What is tried, by its number in reliability.md 6."""

from collections.abc import Callable

from tests.crash.table import Row
from tests.crash.trials import (
    exact_kills,
    extra_copies,
    random_kills,
    restarts,
    withdrawals,
)

Trial = Callable[..., list[Row]]

TRIALS: dict[str, tuple[Trial, ...]] = {
    "T1": (random_kills.run,),
    "T2": (exact_kills.run, exact_kills.frozen),
    "T7": (restarts.run,),
    "T8": (extra_copies.run,),
    "T10": (withdrawals.run,),
}
