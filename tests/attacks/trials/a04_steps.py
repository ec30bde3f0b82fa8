"""A4: somebody joins, leaves, moves or withdraws; does a figure step with them?

In two worlds the service takes its snapshots, consents, shares and visits through three
quarters; they differ in whether those four take part. What its own releases added up is drawn
again as often as there are trials, and the attacker knows all others, who stay as they are.
"""

from collections.abc import Callable
from typing import NamedTuple

from advocacy.reach.attack_said import said
from advocacy.reach.drawing import noisy_sum
from tests.attacks.changes import (
    CHANGED,
    SHARERS,
    Amounts,
    People,
    change,
    quarter,
    settle,
)
from tests.attacks.guessing import at_best, right_of
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import naive_total
from tests.attacks.naive_page import live_counts
from tests.attacks.reading import figures_pages, stored_rows
from tests.attacks.stage import Stage, stage

# Which figures go up and down with somebody who takes part.
STEPS = {
    "joins": {"Joined": 1},
    "leaves": {"Left": -1},
    "moves": {"Old": -1, "New": 1},
    "withdraws": {"Withdrawn": -1},
}
Figure = Callable[[tuple[int, ...]], int]  # of what people add


class _Lived(NamedTuple):
    """Of one world."""

    then: Amounts
    now: Amounts
    old: int  # pages, files and rows of before the change
    differ: int  # of those
    naive: int  # figures that differ where they are exact and live


def findings(lengths: Lengths) -> list[Finding]:
    with stage() as without:
        people = settle(without)
        with without.copy() as with_them:
            worlds = (
                _live(without, people, taking_part=False),
                _live(with_them, people, taking_part=True),
            )
    return [*(_finding(which, worlds, lengths) for which in STEPS), _old(worlds[1])]


def _live(world: Stage, people: People, *, taking_part: bool) -> _Lived:
    then = quarter(world, people, 0, taking_part=taking_part)
    readers = {"reader": people["reader"]}
    pages, rows = figures_pages(world, readers, CHANGED), stored_rows(world)
    with world.session() as session:
        live = live_counts(session)
    change(world, people)
    with world.session() as session:
        naive = sum(live[key] != count for key, count in live_counts(session).items())
    after = figures_pages(world, readers, CHANGED)
    quarter(world, people, 1, taking_part=taking_part)
    now = quarter(world, people, 2, taking_part=taking_part)
    later = stored_rows(world)[: len(rows)]
    differ = sum(one != after[key] for key, one in pages.items())
    differ += sum(one != two for one, two in zip(rows, later, strict=True))
    return _Lived(then, now, len(pages) + len(rows), differ, naive)


def _finding(which: str, worlds: tuple[_Lived, _Lived], lengths: Lengths) -> Finding:
    coin = lengths.coin("A4", which)

    def right(figure: Figure) -> float:
        return right_of(
            lengths.trials, lambda secret: _guess(which, worlds[secret], figure)
        )

    accuracy = Accuracy(
        right(lambda added: noisy_sum(added, SHARERS, coin)),
        at_best(1 / SHARERS.sigma**2),
        right(lambda added: naive_total(added) or 0),
    )
    return accuracy.finding("A4", said(which), lengths)


def _guess(which: str, world: _Lived, figure: Figure) -> bool:
    """Whether the figures step by more than half of what somebody who takes part would."""
    steps = STEPS[which]
    went = sum(
        sign * (figure(world.now[unit]) - figure(world.then[unit]))
        for unit, sign in steps.items()
    )
    return 2 * went > len(steps)


def _old(world: _Lived) -> Finding:
    return Finding(
        attack="A4",
        what=said("changed after"),
        naive=said("figures changed", figures=world.naive),
        succeeds=world.naive > 0,
        reached=said("changed of", changed=world.differ, all=world.old),
        bound=0,
        withstood=world.differ == 0,
    )
