"""The sample document: five square pages about one evening in January."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from time import gmtime

from PIL import ImageFont

import advocacy
from advocacy.demo.drawing.canvas import Canvas, Place
from advocacy.demo.drawing.colours import (
    BRICK,
    CREAM,
    DUSK,
    GREEN,
    INK,
    MIST,
    SAGE,
    SLATE,
    SUN,
)
from advocacy.demo.drawing.town import BOLT

SIDE = 1080
FONTS = Path(advocacy.__file__).with_name("static") / "fonts"
# What a street takes from four in the afternoon to three at night, in kilowatts.
EVENING = (48, 71, 118, 112, 96, 88, 74, 52, 41, 33, 30, 29)
LATER = (48, 66, 92, 90, 84, 80, 72, 88, 86, 74, 58, 40)
CABINET = 100
# The same file on every machine and each time.
MADE = gmtime(1_767_225_600)


def leaflet() -> bytes:
    """The whole document as a PDF."""
    first, *others = [page().image() for page in PAGES]
    file = BytesIO()
    first.save(
        file,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=150,
        title="The busiest hour of the year",
        author="Veenstroom",
        creationDate=MADE,
        modDate=MADE,
    )
    return file.getvalue()


def _cover() -> Canvas:
    page = _page(DUSK)
    page.circle(1040, 600, 76, CREAM)
    for x, height in ((0, 300), (210, 220), (420, 340), (640, 250), (860, 310)):
        page.rectangle(x, 1200 - height, 190, height, SLATE)
        page.polygon(
            [(x, 1200 - height), (x + 95, 1110 - height), (x + 190, 1200 - height)],
            SLATE,
        )
        page.rectangle(x + 40, 1250 - height, 44, 62, SUN)
    _words(page, 120, "The busiest hour\nof the year", CREAM)
    _words(page, 400, "A Thursday in January, half past six", SAGE, small=True)
    return page


def _doors() -> Canvas:
    page = _page(CREAM)
    _words(page, 120, "Forty front doors,\none cabinet", INK)
    for door in range(40):
        x, y = 90 + door % 10 * 104, 430 + door // 10 * 130
        page.rectangle(x, y, 70, 100, BRICK if door % 3 == 0 else GREEN)
        page.circle(x + 56, y + 54, 6, SUN)
    _words(page, 1000, "Three kilowatts each makes 120.", INK, small=True)
    _words(page, 1060, "The cabinet carries 100.", INK, small=True)
    return page


def _too_much() -> Canvas:
    page = _page(MIST)
    _words(page, 120, "Two hours\nare too much", INK)
    _bars(page, EVENING)
    return page


def _moved() -> Canvas:
    page = _page(MIST)
    _words(page, 120, "Cars that wait\nuntil eleven", INK)
    _bars(page, LATER)
    return page


def _ending() -> Canvas:
    page = _page(GREEN)
    page.shape(BOLT, SUN, Place(590, 560, 4))
    _words(page, 120, "One setting,\nno new cable", CREAM)
    _words(page, 1060, "Veenstroom, invented for this library", CREAM, small=True)
    return page


PAGES: tuple[Callable[[], Canvas], ...] = (_cover, _doors, _too_much, _moved, _ending)


def _page(ground: str) -> Canvas:
    return Canvas(ground, (SIDE, SIDE))


def _bars(page: Canvas, kilowatts: tuple[int, ...]) -> None:
    """Hour by hour, with a line for what the cabinet carries."""
    bottom, unit = 1020, 4.6
    for hour, height in enumerate(kilowatts):
        colour = BRICK if height > CABINET else GREEN
        tall = height * unit
        page.rectangle(90 + hour * 86, bottom - tall, 62, tall, colour)
    page.line([(80, bottom - CABINET * unit), (1120, bottom - CABINET * unit)], INK, 6)
    page.words(
        950, bottom - CABINET * unit - 66, "100 kW", _font("source-sans", 600, 40), INK
    )
    for hour, name in ((0, "16"), (4, "20"), (8, "24")):
        page.words(98 + hour * 86, 1050, name, _font("source-sans", 600, 40), INK)


def _words(
    page: Canvas, y: float, words: str, colour: str, *, small: bool = False
) -> None:
    font = _font("source-sans", 500, 46) if small else _font("newsreader", 600, 112)
    page.words(90, y, words, font, colour)


@cache
def _font(name: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    """One of the pages' own fonts; `size` is in units of the sheet."""
    finer = Canvas.factor((SIDE, SIDE))
    font = ImageFont.truetype(FONTS / f"{name}.woff2", round(size * finer))
    font.set_variation_by_axes([weight])
    return font
