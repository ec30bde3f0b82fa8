"""What is in a video: a picture as a player shows it, its boxes, its compressed picture."""

import subprocess
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from content.videos import CheckedVideo
from tests.content.samples import decode


def frame(video: CheckedVideo, second: str = "1") -> Image.Image:
    """A picture as a player shows it, turned if the file asks for it."""
    program = [get_ffmpeg_exe(), "-v", "error", "-ss", second, "-i", str(video.path)]
    shown = subprocess.run(
        [*program, "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"],
        check=True,
        capture_output=True,
    )
    return decode(shown.stdout)


def boxes_in_order(file: Path) -> list[bytes]:
    """The names of its outermost boxes, such as moov (the index) and mdat."""
    data, at, found = file.read_bytes(), 0, []
    while at < len(data):
        found.append(data[at + 4 : at + 8])
        at += int.from_bytes(data[at : at + 4])
    return found


def compressed_picture(file: Path) -> bytes:
    """As it stands in the file, without being unpacked."""
    program = [get_ffmpeg_exe(), "-v", "error", "-i", str(file)]
    work = ["-map", "0:v", "-c", "copy", "-f", "h264", "-"]
    return subprocess.run([*program, *work], check=True, capture_output=True).stdout
