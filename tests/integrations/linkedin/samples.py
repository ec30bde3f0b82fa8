"""Pictures and films as people bring them, made on the spot."""

import subprocess
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nEen testbeeld\n"


def make_picture(folder: Path, name: str = "picture.jpg") -> Path:
    """A JPEG that does not compress to nothing."""
    file = folder / name
    noise = Image.effect_noise((640, 427), 60).convert("RGB")
    noise.save(file, quality=90)
    return file


def make_film(folder: Path, seconds: int = 4, rate: str = "12M") -> Path:
    """An MP4 with sound; at the usual rate it is larger than one part."""
    file = folder / "film.mp4"
    command = [get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    command += ["-f", "lavfi", "-i", f"testsrc2=s=640x360:r=25:d={seconds}"]
    command += ["-f", "lavfi", "-i", f"sine=d={seconds}"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", rate]
    command += ["-minrate", rate, "-maxrate", rate, "-bufsize", "1M"]
    command += ["-x264-params", "nal-hrd=cbr", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run([*command, str(file)], check=True)
    return file


def make_document(folder: Path, pages: int = 2, name: str = "document.pdf") -> Path:
    """A PDF of empty pages."""
    file = folder / name
    page = Image.new("1", (8, 8))
    page.save(file, "PDF", save_all=True, append_images=[page] * (pages - 1))
    return file
