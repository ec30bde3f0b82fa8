"""Whether errors are those of the promised noise, and no larger than was promised.

Errors are counted beyond a line: such a count has a known standard error, whatever the
shape of the errors and however they are rounded.
"""

from collections.abc import Sequence

MOST = 4  # standard errors; chance alone passes it once in 16,000 times
PARTS = (0.5, 0.9)  # the median and the 90th percentile


def of_other_noise(measured: Sequence[float], expected: Sequence[float]) -> bool:
    """Whether so many more or fewer of `measured` lie beyond a quantile of `expected`
    that chance does not explain it. Both are fractions of the same sums.
    """
    if not measured or not expected:
        return False
    lines = [_quantile(expected, part) for part in PARTS]
    return any(
        differ(
            _beyond(measured, line),
            len(measured),
            _beyond(expected, line),
            len(expected),
        )
        for line in lines
    )


def differ(one: int, of_one: int, other: int, of_other: int) -> bool:
    """Whether two shares differ by more than chance explains."""
    both = (one + other) / (of_one + of_other)
    error = (both * (1 - both) * (1 / of_one + 1 / of_other)) ** 0.5
    return abs(one / of_one - other / of_other) > MOST * error


def more_than(measured: Sequence[float], promised: int | None, part: float) -> bool:
    """Whether the quantile is above what was promised, which is in whole per cent."""
    if promised is None or not measured:
        return False
    most, all_ = _beyond(measured, (promised + 0.5) / 100), len(measured)
    return most / all_ - (1 - part) > MOST * (part * (1 - part) / all_) ** 0.5


def _beyond(errors: Sequence[float], line: float) -> int:
    return sum(one > line for one in errors)


def _quantile(errors: Sequence[float], part: float) -> float:
    return sorted(errors)[min(int(part * len(errors)), len(errors) - 1)]
