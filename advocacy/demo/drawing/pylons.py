"""Pylons, and the wires between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from advocacy.demo.drawing.canvas import Canvas
from advocacy.demo.drawing.paths import Point, along

# Height above the foot and half the width of each arm, as parts of the whole height.
ARMS = ((0.60, 0.30), (0.78, 0.24), (0.93, 0.18))
# Height and half the width of the legs, from the ground to the top.
LEGS = ((0.0, 0.145), (0.26, 0.092), (0.46, 0.06), (0.60, 0.035), (1.0, 0.024))


@dataclass(frozen=True)
class Pylon:
    """One pylon by its foot and its height."""

    x: float
    foot: float
    height: float

    def at(self, across: float, up: float) -> Point:
        """A point of it, in parts of its height."""
        return self.x + across * self.height, self.foot - up * self.height

    def draw(self, canvas: Canvas, colour: str) -> None:
        """Legs, lattice and arms."""
        thick = max(1.4, self.height / 88)
        for side in (-1, 1):
            legs = [self.at(side * half, up) for up, half in LEGS]
            canvas.line(legs, colour, thick)
        for (low, wide), (high, narrow) in pairwise(LEGS):
            for side in (-1, 1):
                brace = [self.at(side * wide, low), self.at(-side * narrow, high)]
                canvas.line(brace, colour, thick * 0.7)
        for up, half in ARMS:
            tips = [self.at(-half, up), self.at(0, up + 0.045), self.at(half, up)]
            canvas.line([*tips, tips[0]], colour, thick)
        canvas.line([self.at(-0.024, 1), self.at(0.024, 1)], colour, thick)

    def hooks(self) -> list[Point]:
        """Where the wires hang."""
        return [
            self.at(side * half, up - 0.015) for up, half in ARMS for side in (-1, 1)
        ]


def draw_line(
    canvas: Canvas, pylons: Sequence[Pylon], colour: str, *, wires: str, width: float
) -> None:
    """A row of pylons, the nearest first, with sagging wires."""
    for near, far in pairwise(pylons):
        for start, end in zip(near.hooks(), far.hooks(), strict=True):
            sag = 0.06 * (near.height + far.height)
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + sag)
            canvas.line([start, *along([start, middle, end])], wires, width)
    for pylon in reversed(pylons):
        pylon.draw(canvas, colour)
