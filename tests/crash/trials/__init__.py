"""What is tried, by its number in reliability.md 6."""

from collections.abc import Callable

from tests.crash.table import Row
from tests.crash.trials import (
    copies_put_back,
    exact_kills,
    extra_copies,
    outages,
    random_kills,
    restarts,
    withdrawals,
    zones,
)

Trial = Callable[..., list[Row]]

TRIALS: dict[str, tuple[Trial, ...]] = {
    "T1": (random_kills.run,),
    "T2": (exact_kills.run, exact_kills.frozen),
    "T4": (outages.broker_down,),
    "T5": (outages.database_down,),
    "T7": (restarts.run,),
    "T8": (extra_copies.run,),
    "T9": (copies_put_back.run,),
    "T10": (withdrawals.run,),
    "T11": (zones.run,),
}
