"""Released figures as a drawing: inline SVG with classes, no style, no script.

One series: band, line, dots, the last one filled and said aloud. Two drawings, for wide
and for narrow pages, so that letters stay readable (design.md 8). Nothing here knows
what is drawn; every word comes from outside.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from advocacy.reach.chart_frame import (
    LINE,
    SMALL,
    TALL,
    WIDE,
    Frame,
    Paper,
    Point,
    frame,
    labelled,
    with_year,
)


@dataclass(frozen=True)
class Words:
    """What is said about the whole drawing."""

    name: str  # unique on the page, for the ids
    title: str
    finding: str  # in one sentence
    last: str  # "about 80", or nothing when the last window has too few to show
    last_margin: str  # "± 12"


def draw(points: Sequence[Point], words: Words, number: Callable[[int], str]) -> Markup:
    """Both drawings; the page shows one of them. `number` writes the axis."""
    return Markup("\n").join(
        _drawing(paper, points, words, number) for paper in (WIDE, TALL)
    )


def draw_small(
    points: Sequence[Point],
    words: Words,
    number: Callable[[int], str],
    beside: Sequence[Point],
) -> Markup:
    """One of several drawings side by side, on the scale that fits them all."""
    return _drawing(SMALL, points, words, number, beside)


def _drawing(
    paper: Paper,
    points: Sequence[Point],
    words: Words,
    number: Callable[[int], str],
    beside: Sequence[Point] = (),
) -> Markup:
    room = frame(paper, points, words.last, number, beside)
    head = Markup(
        '<svg class="{css}" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{finding}</desc>'
    ).format(
        css=paper.css,
        width=paper.width,
        height=paper.height,
        id=f"{words.name}-{paper.css}",
        title=words.title,
        finding=words.finding,
    )
    parts = [
        head,
        *_lines(room, number),
        *_bands(room, points),
        *_dots(room, points),
        *_names(paper, room, points),
        *_said(paper, room, points, words),
    ]
    return Markup("").join([*parts, Markup("</svg>")])


def _text(css: str, x: float, y: float, words: str, anchor: str = "") -> Markup:
    where = Markup(' text-anchor="{}"').format(anchor) if anchor else Markup("")
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}"{}>{}</text>').format(
        css, x, y, where, words
    )


def _lines(room: Frame, number: Callable[[int], str]) -> Iterator[Markup]:
    for value in room.lines:
        y = room.y(value)
        yield Markup('<path class="{}" d="M{:.1f} {:.1f}H{:.1f}"/>').format(
            "c-grid" if value else "c-zero", room.left, y, room.right
        )
        yield _text("c-text", room.left - 10, y + 5, number(value), "end")


def _bands(room: Frame, points: Sequence[Point]) -> Iterator[Markup]:
    """The margin and the line, broken where there are too few to show."""
    numbered = list(enumerate(points))
    for has_value, run in groupby(numbered, key=lambda one: one[1].value is not None):
        if not has_value:
            continue
        places = [(room.x(place), point) for place, point in run]
        if len(places) == 1:
            # One window alone: a band as wide as its dot.
            ((x, point),) = places
            places = [(x - 6, point), (x + 6, point)]
        upper = [(x, room.y((p.value or 0) + p.margin)) for x, p in places]
        lower = [(x, room.y((p.value or 0) - p.margin)) for x, p in places]
        middle = [(x, room.y(p.value or 0)) for x, p in places]
        band = _corners([*upper, *reversed(lower)])
        yield Markup('<polygon class="c-band" points="{}"/>').format(band)
        yield Markup('<polyline class="c-line" points="{}"/>').format(_corners(middle))


def _corners(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _dots(room: Frame, points: Sequence[Point]) -> Iterator[Markup]:
    for place, point in enumerate(points):
        if point.value is None:
            continue
        last = place == len(points) - 1
        yield Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(
            "c-dot c-dot--last" if last else "c-dot",
            room.x(place),
            room.y(point.value),
            5.5 if last else 4,
        )


def _names(paper: Paper, room: Frame, points: Sequence[Point]) -> Iterator[Markup]:
    places = labelled(points, room)
    dated = with_year(points, places)
    for place in places:
        last = place == len(points) - 1
        at_edge = last and not paper.says_beside
        anchor = "end" if at_edge else "middle"
        x, y = room.x(place), paper.height - 8 - LINE
        yield _text("c-text", x, y, points[place].label, anchor)
        if place in dated and points[place].year:
            yield _text("c-text", x, y + LINE, points[place].year, anchor)


def _said(
    paper: Paper, room: Frame, points: Sequence[Point], words: Words
) -> Iterator[Markup]:
    if not words.last:
        return
    if paper.says_beside:
        x, y = room.x(len(points) - 1) + 14, room.y(points[-1].value or 0)
        yield _text("c-say", x, y + 1, words.last)
        yield _text("c-note", x, y + 21, words.last_margin)
    else:
        both = f"{words.last} {words.last_margin}"
        yield _text("c-say", room.right, 16, both, "end")
