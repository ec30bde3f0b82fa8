"""A18: two worlds in which all is alike but one person's whole history.

All others walk every route in both. First every release draws with the same coin, to see
that the person changes the figures they are in, by the cap at most. Then the second world
gets the noisy values of the first: whatever still differs would be another way out.
"""

from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from advocacy.reach.attack_said import said
from tests.attacks.draws import Draw, Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_page import Counts, live_counts
from tests.attacks.stage import Stage, stage
from tests.attacks.town import ALL_OUT, RELEASES, UNDER_WAY, Town, build, planted_life
from tests.attacks.walking import ASKING, Answers, read_all, send_all
from tests.privacy.conftest import Planted

SHORT_READERS = ("communications",)
# Who holds a receipt can ask whether it is known, so its number is not among what others
# send: it has 122 random bits, and only the person has it. They send one that is unknown.
UNKNOWN = UUID(int=14, version=4)
# Whoever runs the service reads here how many posts are stuck or in doubt, live and exact.
TOLD_BY_DESIGN = ("administrator", "/service")


class Seen(NamedTuple):
    """Of one world."""

    others: Answers
    own: Answers  # what the person reads
    live: Counts
    draws: list[Draw]


def findings(lengths: Lengths) -> list[Finding]:
    with stage() as empty:
        town = build(empty)
        with empty.copy() as full:
            planted = planted_life(full, town)
            first = _seen(empty, town, planted, lengths)
            second = _seen(full, town, planted, lengths, first.draws)
    naive = sum(first.live[name] != second.live[name] for name in second.live)
    return [_of_answers(first, second, naive), _of_cells(first, second, naive)]


def _seen(
    stage_: Stage,
    town: Town,
    planted: Planted,
    lengths: Lengths,
    instead: list[Draw] | None = None,
) -> Seen:
    draws, who, asking = Draws.seeded("A18", instead), town.readers, ASKING
    if not lengths.whole_walk:
        who, asking = {name: who[name] for name in SHORT_READERS}, ASKING[:1]
    pages = ASKING[:1]
    others = read_all(stage_, planted, who, "under way", UNDER_WAY, pages)
    for at in RELEASES:
        stage_.run_job(at, draws)
    with stage_.session() as session:
        counted = live_counts(session)
    others |= read_all(stage_, planted, who, "all out", ALL_OUT, asking)
    subject = {"subject": town.subject}
    own = read_all(stage_, planted, subject, "own", ALL_OUT, pages)
    sent = replace(planted, records=[UNKNOWN])
    others |= send_all(stage_, sent, who, "forms", ALL_OUT)
    if lengths.whole_walk:
        others |= read_all(stage_, planted, who, "after forms", ALL_OUT, pages)
    return Seen(others, own, counted, draws.noted)


def _of_answers(first: Seen, second: Seen, naive: int) -> Finding:
    assert first.others.keys() == second.others.keys()
    compared = [key for key in first.others if not _by_design(key)]
    differ = [key for key in compared if first.others[key] != second.others[key]]
    own = sum(one != second.own[key] for key, one in first.own.items())
    return Finding(
        attack="A18",
        what=said("worlds"),
        naive=said("figures changed", figures=naive),
        # The walk sees what there is to see: on the person's own pages.
        succeeds=naive > 0 and own > 0,
        reached=said("differ of", differ=len(differ), all=len(compared)),
        bound=0,
        withstood=not differ,
    )


def _by_design(key: tuple[str, str, str]) -> bool:
    when_and_who, _asked, address = key
    who, told = TOLD_BY_DESIGN
    return when_and_who.endswith(f": {who}") and address == told


def _of_cells(first: Seen, second: Seen, naive: int) -> Finding:
    """By how much the person moved each draw, and in how many they were."""
    pairs = list(zip(first.draws, second.draws, strict=True))
    moved = [(a.measure, b.value - a.value) for a, b in pairs if a.value != b.value]
    too_much = [step for measure, step in moved if not 0 < step <= measure.cap]
    return Finding(
        attack="A18",
        what=said("figures of worlds", figures=len(pairs)),
        naive=said("figures changed", figures=naive),
        succeeds=naive > 0 and bool(moved),
        reached=said("moved", too_far=len(too_much), moved=len(moved)),
        bound=0,
        withstood=not too_much,
    )
