"""A9, last part: how much work a page is, as anybody sees who measures how long it takes.

Two worlds with the same released figures; in one people went on sharing since.
"""

from datetime import UTC, datetime

from advocacy.reach.attack_said import said
from integrations.database import transaction
from tests.attacks.draws import Draws
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_page import live_counts
from tests.attacks.stage import Stage, stage
from tests.attacks.town import RELEASES, build
from tests.attacks.trials.a09_polling import share
from tests.attacks.work import Work, work_of, work_of_pages

OUT = RELEASES[:3]
SINCE = datetime(2026, 12, 10, 9, tzinfo=UTC)
SHARES = 40
WHO = "auditor"  # sees every figure


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    with stage() as quiet:
        town = build(quiet)
        for at in OUT:
            quiet.run_job(at, Draws.seeded("A9, work"))
        with quiet.copy() as busy:
            for n in range(SHARES):
                share(busy, town, SINCE, n)
            one, other = (
                work_of_pages(world, town.readers[WHO], SINCE)
                for world in (quiet, busy)
            )
            naive = _live(quiet) != _live(busy)
    differ = sum(work != other[address] for address, work in one.items())
    asked = sum(len(statements) for statements, _ in one.values())
    return [
        Finding(
            attack="A9",
            what=said("work", addresses=len(one)),
            naive=said("work differs", differ=int(naive), statements=1),
            succeeds=naive,
            reached=said("work differs", differ=differ, statements=asked),
            bound=0,
            withstood=differ == 0 and asked > len(one),
        )
    ]


def _live(world: Stage) -> Work:
    def read() -> bytes:
        with transaction() as session:
            return repr(live_counts(session)).encode()

    with world.on():
        return {"": work_of(world.engine, read)}
