"""A12: a figure of people who all did the same says what each of them did."""

from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import FLOOR
from tests.attacks.trials.a01_all_others_known import WITH_SHARERS, of_one_figure


def findings(lengths: Lengths) -> list[Finding]:
    found = []
    for table, measure in WITH_SHARERS:
        everybody = table.floor - 1
        for others, words in (
            (everybody, ", all others took part"),
            (FLOOR - 1, f", nobody but {FLOOR - 1} took part"),
        ):
            found += of_one_figure("A12", table, measure, lengths, others, words)
    return found
