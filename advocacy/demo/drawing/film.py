"""A short film of drawn pictures: a slow camera, few words, soft tones."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image, ImageDraw, ImageFont

from advocacy.demo.drawing.canvas import Canvas
from advocacy.demo.drawing.colours import CREAM, INK
from advocacy.demo.drawing.crew import two_fitters
from advocacy.demo.drawing.outdoors import dawn_line
from advocacy.demo.drawing.town import street_dusk

SIZE = (1280, 720)
FRAMES_A_SECOND = 15
FADE_SECONDS = 0.6
# The picture speaks first.
WORDS_AFTER_SECONDS = 1.2
# Three voices that breathe slowly, one after the other.
TONES = "+".join(
    f"0.1*sin(2*PI*{pitch}*t)*(0.55+0.45*sin(2*PI*(t/{breath}-{late})))"
    for pitch, breath, late in ((220, 6, 0.2), (277.18, 5, 0.5), (329.63, 7, 0.7))
)


@dataclass(frozen=True)
class Shot:
    """One picture, and where the camera goes on it.

    x and y of its corner and its width, as parts of the picture's width.
    """

    picture: Canvas
    words: str
    seconds: float
    begin: tuple[float, float, float]
    end: tuple[float, float, float]


def shots() -> list[Shot]:
    """The story: a crew that was sent home."""
    return [
        Shot(
            two_fitters(),
            "“I said: stop.”",
            4.5,
            (0.0, 0.05, 1.0),
            (0.14, 0.09, 0.74),
        ),
        Shot(
            dawn_line(),
            "It was twenty to seven, and the wind was turning.",
            4.5,
            (0.0, 0.16, 0.8),
            (0.2, 0.10, 0.8),
        ),
        Shot(
            street_dusk(),
            "Nobody asked why. That evening we were all home for dinner.",
            5,
            (0.3, 0.14, 0.7),
            (0.05, 0.08, 0.9),
        ),
    ]


CAPTIONS = """WEBVTT

00:00.000 --> 00:01.200
[Soft tones]

00:01.200 --> 00:04.400
I said: stop.

00:05.700 --> 00:08.900
It was twenty to seven, and the wind was turning.

00:10.200 --> 00:13.800
Nobody asked why. That evening we were all home for dinner.
"""


def make_film(target: Path) -> None:
    """Write an MP4 of fourteen seconds."""
    seconds = sum(shot.seconds for shot in shots())
    width, height = SIZE
    command = [get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"]
    command += ["-r", str(FRAMES_A_SECOND), "-i", "pipe:0"]
    command += ["-f", "lavfi", "-i", f"aevalsrc={TONES}:s=44100:d={seconds}"]
    sound = f"afade=t=in:d=1,afade=t=out:st={seconds - 2}:d=2"
    command += ["-af", sound, "-c:a", "aac", "-b:a", "96k", "-ac", "2"]
    command += ["-c:v", "libx264", "-preset", "superfast", "-crf", "23"]
    command += ["-pix_fmt", "yuv420p", "-movflags", "+faststart", "-shortest"]
    command += [str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as ffmpeg:  # noqa: S603
        assert ffmpeg.stdin is not None
        for frame in frames():
            ffmpeg.stdin.write(frame.tobytes())
        ffmpeg.stdin.close()
        if ffmpeg.wait() != 0:
            raise RuntimeError("the sample film could not be made")


def frames() -> Iterator[Image.Image]:
    """All frames; each shot fades into the next."""
    before: Image.Image | None = None
    for shot in shots():
        picture = shot.picture.image()
        words = _words(shot.words)
        count = round(shot.seconds * FRAMES_A_SECOND)
        for number in range(count):
            frame = _view(shot, picture, number / (count - 1))
            if number >= WORDS_AFTER_SECONDS * FRAMES_A_SECOND:
                frame.paste(words, (0, 0), words)
            faded = number / (FADE_SECONDS * FRAMES_A_SECOND)
            if before is not None and faded < 1:
                frame = Image.blend(before, frame, faded)
            yield frame
        before = frame


def _view(shot: Shot, picture: Image.Image, done: float) -> Image.Image:
    done = done * done * (3 - 2 * done)  # start and stop gently
    left, top, width = (
        (a + (b - a) * done) * picture.width
        for a, b in zip(shot.begin, shot.end, strict=True)
    )
    height = width * SIZE[1] / SIZE[0]
    box = (left, top, min(left + width, picture.width), top + height)
    return picture.resize(SIZE, Image.Resampling.BILINEAR, box)


def _words(words: str) -> Image.Image:
    """The sentence on a band at the top, where no player puts its buttons."""
    sheet = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=38)
    left, top = 56, 56
    right = left + round(pen.textlength(words, font=font)) + 48
    pen.rectangle([left, top, right, top + 72], fill=INK)
    pen.text((left + 24, top + 36), words, fill=CREAM, font=font, anchor="lm")
    return sheet
