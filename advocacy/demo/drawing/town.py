"""Pictures from the street."""

from advocacy.demo.drawing.canvas import Canvas, Place
from advocacy.demo.drawing.colours import (
    BRICK,
    CREAM,
    DUSK,
    GREEN,
    INK,
    MIST,
    NIGHT,
    SAGE,
    SLATE,
    STEEL,
    SUN,
)

BOLT = "M12 6l-24 34h18l-10 32 34-42h-20l14-24z"
# Left edge, width, top, kind of gable, colour, which windows are lit.
HOUSES = (
    (-20, 150, 260, "point", SLATE, "111110"),
    (132, 150, 310, "step", "#1f3756", "110010"),
    (284, 150, 220, "bell", STEEL, "001100"),
    (436, 170, 310, "point", "#284263", "011111"),
    (608, 190, 260, "step", SLATE, "110101"),
    (800, 170, 220, "bell", "#1f3756", "110110"),
    (972, 170, 220, "point", STEEL, "010010"),
    (1144, 150, 260, "step", "#284263", "001110"),
)
TREES = ((90, 394, 120), (250, 403, 90), (1080, 391, 130), (980, 406, 80))


def battery() -> Canvas:
    """Three battery cabinets between trees."""
    canvas = Canvas(SUN)
    canvas.rectangle(0, 560, 1200, 240, GREEN)
    canvas.rectangle(0, 560, 1200, 26, INK)
    for x, y, radius in TREES:
        canvas.rectangle(x - 9, 430, 18, 140, INK)
        canvas.circle(x, y, radius, GREEN)
    for x in (330, 560, 790):
        canvas.rectangle(x, 330, 210, 256, CREAM)
        canvas.rectangle(x, 330, 210, 34, INK)
        for slit in range(7):
            left = x + 24 + slit * 24
            canvas.rectangle(left - 4.5, 390, 9, 100 if 2 <= slit <= 5 else 150, SAGE)
        canvas.shape(BOLT, BRICK, Place(x + 102, 502))
    for x in range(0, 1200, 70):
        canvas.rectangle(x, 685, 44, 10, SUN)
    return canvas


def street_dusk() -> Canvas:
    """A transformer cabinet in a street at dusk."""
    canvas = Canvas(DUSK)
    canvas.circle(930, 170, 70, CREAM)
    for left, width, top, gable, colour, lit in HOUSES:
        _house(canvas, (left, width, top), gable, colour, lit)
    canvas.rectangle(0, 640, 1200, 160, NIGHT)
    canvas.rectangle(0, 640, 1200, 14, "#3f5e82")
    canvas.rectangle(500, 500, 210, 190, SAGE)
    canvas.rectangle(486, 478, 238, 30, MIST)
    canvas.line([(605, 508), (605, 688)], GREEN, 5)
    for x in (530, 630):
        for y in (540, 556, 572):
            canvas.rectangle(x, y, 50, 6, GREEN)
    canvas.shape(BOLT, SUN, Place(544, 600))
    canvas.strokes("M820 690V430q0-36 36-36h20", NIGHT, 10)
    canvas.shape("M868 394h50l14 20h-70z", SUN)
    canvas.shape("M862 414h72l90 276H780z", SUN, opacity=0.16)
    return canvas


def _house(
    canvas: Canvas, box: tuple[int, int, int], gable: str, colour: str, lit: str
) -> None:
    left, width, top = box
    if gable == "point":
        roof = f"M{left} {top}l{width / 2} -90l{width / 2} 90z"
    elif gable == "step":
        roof = f"M{left} {top}v-30h22v-26h22v-26h{width - 88}v26h22v26h22v30z"
    else:
        bow = (width - 36) / 2
        roof = f"M{left} {top}q10-60 {bow} -84h36q{bow - 10} 24 {bow} 84z"
    canvas.shape(roof, colour)
    canvas.rectangle(left, top - 1, width, 641 - top, colour)
    for number, light in enumerate(lit):
        x = left + (28 if number % 2 == 0 else width - 70)
        y = top + 34 + number // 2 * 100
        if y < 580:
            canvas.rectangle(x, y, 42, 62, SUN if light == "1" else DUSK)
