"""A12: a figure of people who all did the same says what each of them did."""

from advocacy.reach.attack_said import said
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import FLOOR
from tests.attacks.trials.a01_all_others_known import WITH_SHARERS, of_one_figure


def findings(lengths: Lengths) -> list[Finding]:
    found = []
    for table, measure in WITH_SHARERS:
        everybody = table.floor - 1
        for others, case in (
            (everybody, said("all took part")),
            (FLOOR - 1, said("few took part", number=FLOOR - 1)),
        ):
            found += of_one_figure("A12", table, measure, lengths, others, case)
    return found
