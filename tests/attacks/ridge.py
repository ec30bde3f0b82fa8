"""Ridge regression in the dual: as many equations as there are figures, not people."""

from collections.abc import Sequence
from operator import mul

Matrix = list[list[float]]


def ridge(
    sharers: Sequence[int], values: Sequence[float], setting: float
) -> list[float]:
    """One number for each equation; `weights` makes those of the persons from them.

    `sharers` has the persons of a figure as bits. Minimises |Xw - values|² + setting |w|².
    """
    size = len(values)
    gram = [
        [float((sharers[i] & sharers[j]).bit_count()) for j in range(i + 1)]
        for i in range(size)
    ]
    for i in range(size):
        gram[i][i] += setting
    return _solved(_factor(gram), values)


def weights(sharers: Sequence[int], dual: Sequence[float], persons: int) -> list[float]:
    """What each person adds to a figure, by the regression."""
    found = [0.0] * persons
    for bits, value in zip(sharers, dual, strict=True):
        left = bits
        while left:
            last = left & -left
            found[last.bit_length() - 1] += value
            left ^= last
    return found


def _factor(lower: Matrix) -> Matrix:
    """Cholesky: L with L times its mirror image the matrix, whose lower half is given."""
    done: Matrix = []
    for i, row in enumerate(lower):
        new: list[float] = []
        for j in range(i):
            other = done[j]
            known = sum(map(mul, new, other))
            new.append((row[j] - known) / other[j])
        new.append((row[i] - sum(one * one for one in new)) ** 0.5)
        done.append(new)
    return done


def _solved(factor: Matrix, values: Sequence[float]) -> list[float]:
    size = len(values)
    half: list[float] = []
    for row, value in zip(factor, values, strict=True):
        half.append((value - sum(map(mul, half, row))) / row[-1])
    found = [0.0] * size
    for i in reversed(range(size)):
        known = sum(factor[j][i] * found[j] for j in range(i + 1, size))
        found[i] = (half[i] - known) / factor[i][i]
    return found
