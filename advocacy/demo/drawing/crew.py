"""Pictures of people at work."""

import random

from advocacy.demo.drawing.canvas import Canvas, Place
from advocacy.demo.drawing.colours import (
    BRICK,
    CREAM,
    GREEN,
    INK,
    MIST,
    NIGHT,
    PEACH,
    RUST,
    SAGE,
    SKY,
    SUN,
    TAN,
)
from advocacy.demo.drawing.pylons import Pylon, draw_line

JACKET = "M-170 800q-6-250 110-276h120q116 26 110 276z"
STRIPES = (
    "M-104 540l26 260h44l-22-272zM104 540l-26 260h-44l22-272z"
    "M-168 690q168 40 336 0l2 40q-170 40-340 0z"
)
FACE = "M-78 330q0 156 84 156q78 0 78-100l18-18-18-30v-30z"
HELMET = "M-104 326q0-118 100-118q96 0 104 100l44 12v18h-248z"


def two_fitters() -> Canvas:
    """Two fitters in helmets, face to face."""
    canvas = Canvas(SKY)
    canvas.circle(330, 250, 150, CREAM)
    canvas.shape("M0 610Q400 560 1200 620V800H0z", GREEN)
    row = [Pylon(1330, 640, 470), Pylon(1040, 610, 300), Pylon(150, 580, 150)]
    draw_line(canvas, row, "#6f9a95", wires="#6f9a95", width=2)
    _fitter(canvas, Place(430, 0), INK, TAN, SUN)
    _fitter(canvas, Place(790, 0, mirrored=True), RUST, PEACH, CREAM)
    return canvas


def _fitter(canvas: Canvas, place: Place, jacket: str, skin: str, helmet: str) -> None:
    canvas.shape(JACKET, jacket, place)
    canvas.shape(STRIPES, CREAM, place)
    canvas.shape("M-38 450h76v66q0 30-38 30q-38 0-38-30z", skin, place)
    canvas.shape(FACE, skin, place)
    canvas.shape(HELMET, helmet, place)
    canvas.strokes("M-6 208v110", "#8a7a4a", 5, place)
    canvas.strokes("M-78 338l12 150", INK, 6, place)


def control_room() -> Canvas:
    """Three people before a wall with the network map."""
    canvas = Canvas("#101f33")
    canvas.rectangle(70, 70, 1060, 430, "#1c3350")
    _network_map(canvas)
    canvas.rectangle(0, 560, 1200, 240, NIGHT)
    people = ((270, BRICK, CREAM), (620, SAGE, SUN), (950, SUN, MIST))
    for x, head, clothes in people:
        for left in (x - 150, x + 20):
            canvas.rectangle(left, 520, 130, 86, "#2e5176")
        canvas.shape(f"M{x - 190} 640h380l30 50h-440z", "#27425f")
        canvas.circle(x, 572, 48, head)
        canvas.shape(f"M{x - 96} 760q0-132 96-132q96 0 96 132z", clothes)
        canvas.shape(f"M{x - 70} 800v-78q0-22 22-22h96q22 0 22 22v78z", NIGHT)
    return canvas


def _network_map(canvas: Canvas) -> None:
    chance = random.Random(41)  # noqa: S311 (a drawing, the same each time)
    nodes = {
        (column, row): (
            125 + column * 94 + chance.randint(-16, 16),
            128 + row * 106 + chance.randint(-12, 12),
        )
        for column in range(11)
        for row in range(4)
    }
    for (column, row), (x, y) in nodes.items():
        if (column + 1, row) in nodes and chance.random() < 0.72:
            to = nodes[column + 1, row]
            canvas.line([(x, y), (to[0], y), to], SAGE, 4)
        if (column, row + 1) in nodes and chance.random() < 0.45:
            to = nodes[column, row + 1]
            canvas.line([(x, y), (x, to[1]), to], SAGE, 4)
    for number, (x, y) in enumerate(nodes.values()):
        colour = SUN if number % 7 == 3 else MIST
        canvas.circle(x, y, 15 if number % 6 == 0 else 9, colour)
