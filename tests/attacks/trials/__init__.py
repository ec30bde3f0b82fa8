"""What is tried, by its number in privacy.md 1.7."""

from collections.abc import Callable

from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.trials import (
    a01_all_others_known,
    a02_ledger,
    a02_whole_year,
    a03_differences,
    a03_remainders,
    a04_steps,
    a05_repeats,
    a06_filters,
    a07_known_posts,
    a08_ranking,
    a09_polling,
    a09_work,
    a10_erasure,
    a11_small_units,
    a12_all_alike,
    a13_hidden_cells,
    a14_targeting,
    a15_false_people,
    a16_links,
    a17_others_hand_over,
    a18_two_worlds,
)

Part = Callable[[Lengths], list[Finding]]
# In the order of the table. What is not here is in no table either.
TRIALS: dict[str, tuple[Part, ...]] = {
    "A1": (a01_all_others_known.findings,),
    "A2": (a02_whole_year.findings, a02_ledger.findings),
    "A3": (a03_differences.findings, a03_remainders.findings),
    "A4": (a04_steps.findings,),
    "A5": (a05_repeats.findings,),
    "A6": (a06_filters.findings,),
    "A7": (a07_known_posts.findings,),
    "A8": (a08_ranking.findings,),
    "A9": (a09_polling.findings, a09_work.findings),
    "A10": (a10_erasure.findings,),
    "A11": (a11_small_units.findings,),
    "A12": (a12_all_alike.findings,),
    "A13": (a13_hidden_cells.findings,),
    "A14": (a14_targeting.findings,),
    "A15": (a15_false_people.findings,),
    "A16": (a16_links.findings,),
    "A17": (a17_others_hand_over.findings,),
    "A18": (a18_two_worlds.findings,),
}
ALL = [f"A{number}" for number in range(1, 19)]
MISSING = [name for name in ALL if name not in TRIALS]
