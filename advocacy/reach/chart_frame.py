"""Where things lie on a chart: two sizes of paper, and the scale of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

LETTER = 9  # roughly the width of one, in the drawing's own units
STEPS = (5, 10, 20, 25, 30, 40, 50, 60, 80)
INTERVALS = 4  # at most so many, so that there are at most five lines with zero
YEAR = 3  # letters that a year takes the room of: figures are narrow
LINE = 18  # from one line of words to the next


@dataclass(frozen=True)
class Point:
    """One window: its short name, and what is shown of it; no value: too few to show."""

    label: str
    value: int | None
    margin: int
    year: str = ""  # said where it begins and at both ends of the axis


@dataclass(frozen=True)
class Paper:
    """One of the two drawings."""

    css: str
    width: int
    height: int
    says_beside: bool  # the last value stands at its dot; else above, for want of room


WIDE = Paper("chart-wide", 720, 358, says_beside=True)
TALL = Paper("chart-tall", 350, 318, says_beside=False)
SMALL = Paper("chart-year", 350, 240, says_beside=False)  # one of several side by side


@dataclass(frozen=True)
class Frame:
    """The room for the drawing itself, inside its words, and the scale in it."""

    left: float
    right: float
    top: float
    bottom: float
    step: int
    most: int
    count: int

    def x(self, place: int) -> float:
        """Across, for the point at `place`."""
        if self.count == 1:
            return self.right
        return self.left + self.gap * place

    def y(self, value: int) -> float:
        """Down, for a value; below zero there is nothing."""
        return self.bottom - (self.bottom - self.top) * max(0, value) / self.most

    @property
    def gap(self) -> float:
        """Between two points."""
        return (self.right - self.left) / max(1, self.count - 1)

    @property
    def lines(self) -> range:
        """The values that get a line, from zero."""
        return range(0, self.most + 1, self.step)


def frame(
    paper: Paper,
    points: Sequence[Point],
    said: str,
    number: Callable[[int], str],
    beside: Sequence[Point] = (),
) -> Frame:
    """The frame for these points, with room for the axis and for what is said last.

    Drawings whose scale is to be the same give each other's points as `beside`.
    """
    step, most = scale([*points, *beside])
    right = 18 + LETTER * len(said) if paper.says_beside else 12
    return Frame(
        left=14 + LETTER * max(2, len(number(most))),
        right=paper.width - right,
        top=26,
        bottom=paper.height - 34 - LINE,
        step=step,
        most=most,
        count=len(points),
    )


def scale(points: Sequence[Point]) -> tuple[int, int]:
    """A round step, and the highest line, which no band crosses."""
    tops = [point.value + point.margin for point in points if point.value is not None]
    highest = max(tops, default=1)
    power = 1
    while True:
        for step in (power * one for one in STEPS):
            if step * INTERVALS >= highest:
                return step, step * ceil(highest / step)
        power *= 10


def labelled(points: Sequence[Point], room: Frame) -> list[int]:
    """The places whose names fit side by side, counted from the last one back."""
    letters = max((len(point.label) for point in points), default=0)
    widest = LETTER * (1 + max(letters, YEAR))
    every = max(1, ceil(widest / room.gap)) if len(points) > 1 else 1
    return list(range(len(points) - 1, -1, -every))[::-1]


def with_year(points: Sequence[Point], places: Sequence[int]) -> set[int]:
    """The named places that say their year too: both ends, and where a new one begins."""
    new = {
        here
        for before, here in pairwise(places)
        if points[here].year != points[before].year
    }
    return new | {places[0], places[-1]}
