"""Outlines written as short strings, the way drawing programs write them."""

import math
import re
from collections.abc import Callable, Iterator, Sequence

Point = tuple[float, float]
_TOKEN = re.compile(r"[MmLlHhVvCcQqZz]|-?\d*\.?\d+")
# How many straight pieces make one curve.
PIECES = 18


def outline(path: str) -> list[list[Point]]:
    """The points of each piece of `path`; M L H V C Q Z, small letters are relative."""
    return _Reader(path).pieces()


class _Reader:
    def __init__(self, path: str) -> None:
        self._tokens = _TOKEN.findall(path)
        self._next = 0
        self._at: Point = (0.0, 0.0)
        self._pieces: list[list[Point]] = []
        self._verbs: dict[str, Callable[[bool], None]] = {
            "M": self._move,
            "L": self._line,
            "H": self._across,
            "V": self._down,
            "C": lambda relative: self._curve(3, relative=relative),
            "Q": lambda relative: self._curve(2, relative=relative),
        }

    def pieces(self) -> list[list[Point]]:
        verb = "M"
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            if token.isalpha():
                verb = token
                self._next += 1
            if verb in "Zz":
                self._at = self._pieces[-1][0]
                continue
            self._verbs[verb.upper()](verb.islower())
            if verb in "Mm":  # further pairs are lines
                verb = "l" if verb == "m" else "L"
        return self._pieces

    def _number(self) -> float:
        self._next += 1
        return float(self._tokens[self._next - 1])

    def _point(self, *, relative: bool) -> Point:
        x, y = self._number(), self._number()
        return (x + self._at[0], y + self._at[1]) if relative else (x, y)

    def _go(self, point: Point) -> None:
        self._at = point
        self._pieces[-1].append(point)

    def _move(self, relative: bool) -> None:  # noqa: FBT001 (all verbs alike)
        self._at = self._point(relative=relative)
        self._pieces.append([self._at])

    def _line(self, relative: bool) -> None:  # noqa: FBT001
        self._go(self._point(relative=relative))

    def _across(self, relative: bool) -> None:  # noqa: FBT001
        x = self._number()
        self._go((x + self._at[0] if relative else x, self._at[1]))

    def _down(self, relative: bool) -> None:  # noqa: FBT001
        y = self._number()
        self._go((self._at[0], y + self._at[1] if relative else y))

    def _curve(self, count: int, *, relative: bool) -> None:
        # All points of one curve are relative to where it began.
        controls = [self._at] + [self._point(relative=relative) for _ in range(count)]
        for point in along(controls):
            self._go(point)


def along(controls: Sequence[Point]) -> Iterator[Point]:
    """Points on the curve that its control points pull, without the first."""
    degree = len(controls) - 1
    for step in range(1, PIECES + 1):
        t = step / PIECES
        weights = [
            math.comb(degree, i) * t**i * (1 - t) ** (degree - i)
            for i in range(degree + 1)
        ]
        yield (
            sum(w * x for w, (x, _) in zip(weights, controls, strict=True)),
            sum(w * y for w, (_, y) in zip(weights, controls, strict=True)),
        )
