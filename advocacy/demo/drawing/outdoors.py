"""Pictures of the open land."""

from advocacy.demo.drawing.canvas import Canvas, Place, dots_within
from advocacy.demo.drawing.colours import (
    AMBER,
    CREAM,
    GREEN,
    INK,
    PALE_SKY,
    RUST,
    SAGE,
    SAND,
    SUN,
)
from advocacy.demo.drawing.pylons import Pylon, draw_line

FLEECE = (
    "M-44 4q-8-22 14-26q8-18 28-10q16-12 30 2q22-2 20 20q10 22-14 28q-14 14-30 4"
    "q-18 10-30-2q-18 0-18-16z"
)
HEAD = "M42-16q22-14 34 4l2 20q-10 8-20 2q-14-6-16-26z"
BODY_OF_STORK = "M-60 10q10-44 66-40q34 0 62-26q-4 50-44 66q-50 18-84 0z"


def dawn_line() -> Canvas:
    """A row of pylons across a polder at sunrise."""
    canvas = Canvas(SAND)
    canvas.circle(800, 440, 250, SUN)
    canvas.dots(dots_within(800, 440, 250, step=13), 1.7, AMBER)
    canvas.shape("M0 540Q300 500 620 530Q900 560 1200 515V800H0z", SAGE)
    canvas.shape("M0 600Q380 555 700 590Q960 615 1200 580V800H0z", GREEN)
    canvas.shape("M0 690Q420 645 800 690Q1010 712 1200 676V800H0z", INK)
    canvas.shape(
        "M880 578Q800 640 600 690Q380 750 300 800H560Q620 740 760 690Q880 640 905 578z",
        SUN,
        opacity=0.82,
    )
    row = [
        Pylon(-230, 720, 640),
        Pylon(240, 690, 520),
        Pylon(640, 612, 302),
        Pylon(860, 578, 184),
        Pylon(978, 562, 120),
        Pylon(1050, 553, 84),
    ]
    draw_line(canvas, row, INK, wires=INK, width=2)
    return canvas


def sheep() -> Canvas:
    """Sheep grazing below a power line."""
    canvas = Canvas(PALE_SKY)
    canvas.circle(250, 260, 120, CREAM)
    canvas.shape("M0 500Q420 430 1200 490V800H0z", SAGE)
    row = [Pylon(1560, 640, 680), Pylon(900, 520, 420), Pylon(500, 480, 190)]
    draw_line(canvas, row, GREEN, wires=GREEN, width=2)
    canvas.shape("M0 620Q500 570 1200 640V800H0z", GREEN)
    flock = (
        Place(250, 600, 1.5),
        Place(480, 640, 1.9, mirrored=True),
        Place(760, 610, 1.3),
        Place(1010, 670, 2.1, mirrored=True),
        Place(120, 690, 2.2),
    )
    for place in flock:
        canvas.strokes("M-30 20v34M-14 22v34M16 22v34M30 20v34", INK, 7, place)
        canvas.shape(FLEECE, CREAM, place)
        canvas.shape(HEAD, INK, place)
    return canvas


def stork() -> Canvas:
    """Two storks on a nest that stands on a pole of its own, beside the line."""
    canvas = Canvas(SAND)
    canvas.circle(820, 230, 120, CREAM)
    canvas.shape("M0 610Q400 560 1200 620V800H0z", SAGE)
    row = [Pylon(1420, 720, 600), Pylon(1010, 640, 330), Pylon(820, 612, 180)]
    draw_line(canvas, row, GREEN, wires=GREEN, width=2)
    canvas.shape("M0 700Q500 650 1200 720V800H0z", GREEN)
    canvas.rectangle(452, 420, 22, 360, INK)
    canvas.shape("M300 400h326l-52 58h-222z", INK)
    for slant in range(-144, 145, 32):
        canvas.line([(463 + slant, 404), (463 + slant * 1.3, 378)], INK, 7)
    for place in (Place(396, 316, 1.2, mirrored=True), Place(538, 326, 1.05)):
        _stork(canvas, place)
    return canvas


def _stork(canvas: Canvas, place: Place) -> None:
    canvas.strokes("M-14 12v48M6 12v48", RUST, 6, place)
    canvas.shape(BODY_OF_STORK, CREAM, place)
    canvas.shape("M-62 8q-30 16-58 18q30-30 70-30z", INK, place)
    canvas.strokes("M52-46q18-40 10-74", CREAM, 15, place)
    canvas.shape("M50-136q22-6 26 14q-4 16-22 14q-14-10-4-28z", CREAM, place)
    canvas.shape("M72-124l66 20l-66-6z", RUST, place)
