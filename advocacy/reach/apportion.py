"""Rounding parts of a whole so that what people read adds up.

Nothing here knows more than noisy values, and working with those costs nobody anything.
"""

from collections.abc import Sequence
from fractions import Fraction


def never_below_zero(parts: Sequence[int]) -> list[Fraction]:
    """The nearest values of 0 or more with the same sum; all 0 if the sum is below.

    Every part gives up the same, or all it has.
    """
    given_up = Fraction(0)
    above = sorted((part for part in parts if part > 0), reverse=True)
    # The more of the largest parts share in the missing, the less each has to give up.
    for number in range(len(above), 0, -1):
        given_up = Fraction(sum(above[:number]) - sum(parts), number)
        if given_up < above[number - 1]:
            break
    return [max(Fraction(0), part - given_up) for part in parts]


def to_the_nearest(value: Fraction | int, step: int) -> int:
    """The nearest multiple of `step`, of two the larger."""
    return int((2 * value + step) // (2 * step)) * step


def add_up(total: int, parts: Sequence[Fraction], step: int) -> list[int]:
    """Each part as the multiple of `step` below or above it, so that they make `total`.

    Rounded up are those that lose most otherwise, of equals the largest, then the first.
    `total` is such a multiple for the sum of the parts; ValueError if it is not.
    """
    rounded = [int(part // step) * step for part in parts]
    missing, odd = divmod(total - sum(rounded), step)
    if odd or not 0 <= missing <= sum(part % step > 0 for part in parts):
        raise ValueError("the total is not that of the parts")
    order = sorted(range(len(parts)), key=lambda n: (-(parts[n] % step), -parts[n], n))
    for place in order[:missing]:
        rounded[place] += step
    return rounded
