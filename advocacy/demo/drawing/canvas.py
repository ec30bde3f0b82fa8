"""A sheet of 1200 by 800 units to draw flat shapes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageFont

from advocacy.demo.drawing.paths import Point, outline

WIDTH, HEIGHT = 1200, 800
PIXELS = (1600, 1067)
# Drawn larger and made smaller, so that edges come out smooth.
FINER = 2


@dataclass(frozen=True)
class Place:
    """Where a shape lies whose points are given around its own middle."""

    x: float = 0
    y: float = 0
    scale: float = 1
    mirrored: bool = False

    def put(self, point: Point) -> Point:
        """A point of the shape, on the sheet."""
        across = -self.scale if self.mirrored else self.scale
        return self.x + point[0] * across, self.y + point[1] * self.scale


AS_IT_IS = Place()


class Canvas:
    """Shapes cover what was drawn before them."""

    def __init__(self, ground: str, pixels: tuple[int, int] = PIXELS) -> None:
        self._pixels = pixels
        self._factor = self.factor(pixels)
        size = (pixels[0] * FINER, pixels[1] * FINER)
        self._image = Image.new("RGB", size, ground)
        self._pen = ImageDraw.Draw(self._image, "RGBA")

    @staticmethod
    def factor(pixels: tuple[int, int]) -> float:
        """How many pixels a unit has while it is drawn."""
        return pixels[0] * FINER / WIDTH

    def rectangle(
        self, x: float, y: float, width: float, height: float, colour: str
    ) -> None:
        """A rectangle by its corner."""
        self.polygon(
            [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour
        )

    def circle(self, x: float, y: float, radius: float, colour: str) -> None:
        """A disc by its middle."""
        f = self._factor
        box = [(x - radius) * f, (y - radius) * f, (x + radius) * f, (y + radius) * f]
        self._pen.ellipse(box, fill=colour)

    def polygon(
        self, points: Sequence[Point], colour: str, *, opacity: float = 1
    ) -> None:
        """Any straight-edged shape."""
        red, green, blue = ImageColor.getrgb(colour)[:3]
        self._pen.polygon(
            self._scaled(points), fill=(red, green, blue, round(255 * opacity))
        )

    def shape(
        self, path: str, colour: str, place: Place = AS_IT_IS, *, opacity: float = 1
    ) -> None:
        """Everything inside an outline."""
        for piece in outline(path):
            self.polygon([place.put(p) for p in piece], colour, opacity=opacity)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round corners and ends."""
        scaled, thick = self._scaled(points), width * self._factor
        self._pen.line(scaled, fill=colour, width=max(1, round(thick)), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            half = thick / 2
            self._pen.ellipse([x - half, y - half, x + half, y + half], fill=colour)

    def strokes(
        self, path: str, colour: str, width: float, place: Place = AS_IT_IS
    ) -> None:
        """The outline itself."""
        for piece in outline(path):
            thick = width * place.scale
            self.line([place.put(point) for point in piece], colour, thick)

    def dots(self, points: Iterable[Point], radius: float, colour: str) -> None:
        """Many small discs, for a screen-printed look."""
        for x, y in points:
            self.circle(x, y, radius, colour)

    def words(
        self, x: float, y: float, words: str, font: ImageFont.FreeTypeFont, colour: str
    ) -> None:
        """Lines of text by their upper left corner; the font is made for `factor`."""
        at = (x * self._factor, y * self._factor)
        self._pen.multiline_text(at, words, colour, font, spacing=font.size * 0.3)

    def image(self) -> Image.Image:
        """The finished picture."""
        return self._image.resize(self._pixels, Image.Resampling.BOX)

    def jpeg(self) -> bytes:
        """The finished picture as a file."""
        file = BytesIO()
        self.image().save(file, "JPEG", quality=92)
        return file.getvalue()

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self._factor, y * self._factor) for x, y in points]


def dots_within(
    x: float, y: float, radius: float, *, step: float = 14
) -> Iterable[Point]:
    """A slanted grid of points inside a circle."""
    rows = int(radius / step) + 1
    for row in range(-rows, rows + 1):
        for column in range(-rows, rows + 1):
            dx = column * step + (row % 2) * step / 2
            dy = row * step * 0.87
            if dx * dx + dy * dy < (radius - step / 2) ** 2:
                yield x + dx, y + dy
