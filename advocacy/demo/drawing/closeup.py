"""Pictures of things seen from very near."""

import math

from advocacy.demo.drawing.canvas import Canvas, dots_within
from advocacy.demo.drawing.colours import (
    BRICK,
    CREAM,
    GREEN,
    INK,
    MIST,
    PALE_SKY,
    SAGE,
    SUN,
)


def cable_cut() -> Canvas:
    """The end of a thick cable, cut through, with three cores."""
    canvas = Canvas(BRICK)
    canvas.dots(dots_within(620, 420, 520, step=13), 1.8, "#c9502f")
    for radius, colour in ((330, INK), (306, GREEN), (288, CREAM)):
        canvas.circle(600, 400, radius, colour)
    for third in range(3):
        angle = math.radians(third * 120 - 90)
        x, y = 600 + 142 * math.cos(angle), 400 + 142 * math.sin(angle)
        for radius, colour in ((118, SAGE), (100, CREAM), (80, INK)):
            canvas.circle(x, y, radius, colour)
        canvas.circle(x, y, 12, SUN)
        for ring, count in ((27, 6), (54, 12)):
            for strand in range(count):
                turn = math.radians(strand * 360 / count + ring)
                canvas.circle(
                    x + ring * math.cos(turn), y + ring * math.sin(turn), 12, SUN
                )
    return canvas


def meter_cupboard() -> Canvas:
    """An open meter cupboard with eight switches, one of them red."""
    canvas = Canvas(PALE_SKY)
    canvas.rectangle(330, 60, 540, 680, INK)
    canvas.rectangle(350, 80, 500, 640, CREAM)
    canvas.shape("M330 60L150 110V790L330 740z", SAGE)
    canvas.circle(182, 440, 10, INK)
    canvas.rectangle(420, 130, 360, 190, MIST)
    canvas.rectangle(460, 170, 200, 70, INK)
    for digit in range(5):
        canvas.rectangle(472 + digit * 37, 184, 28, 42, SUN)
    canvas.circle(720, 205, 26, GREEN)
    canvas.rectangle(420, 370, 360, 170, MIST)
    for switch in range(8):
        x = 438 + switch * 41
        canvas.rectangle(x, 400, 30, 110, CREAM)
        canvas.rectangle(x + 6, 420, 18, 34, BRICK if switch == 4 else GREEN)
    for lead in range(4):
        x = 470 + lead * 80
        canvas.line([(x, 540), (x, 600), (600, 650), (600, 720)], INK, 9)
    return canvas
