"""What is tried, by its number in reliability.md 6."""

from tests.crash.trials import (
    clicks,
    clones,
    copies_put_back,
    exact_kills,
    exact_stops,
    extra_copies,
    freezes,
    outages,
    random_kills,
    restarts,
    withdrawals,
    zones,
)
from tests.crash.trials.part import Part

TRIALS: dict[str, tuple[Part, ...]] = {
    "T1": random_kills.PARTS,
    "T2": exact_kills.PARTS + freezes.PARTS,
    "T4": outages.BROKER,
    "T5": outages.DATABASE,
    "T6": clicks.PARTS,
    "T7": restarts.PARTS + exact_stops.PARTS,
    "T8": extra_copies.PARTS,
    "T9": copies_put_back.PARTS + clones.PARTS,
    "T10": withdrawals.PARTS,
    "T11": zones.PARTS,
}


def parts_of(trials: set[str], *, short: bool) -> list[Part]:
    """In the order of the table."""
    return [
        part
        for name, parts in TRIALS.items()
        for part in parts
        if name in trials and (part.in_short or not short)
    ]


def part_named(name: str) -> Part:
    """Raises KeyError."""
    return {part.name: part for part in parts_of(set(TRIALS), short=False)}[name]
