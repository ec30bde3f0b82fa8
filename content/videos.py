"""Checks an uploaded video and makes an MP4 that networks and browsers play.

It may take minutes, at most the 540 s of tasks with media. Views call it for now, first
thing in a transaction: before anything was read no connection is held.
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from content.errors import MediaRefused
from content.movie_boxes import Movie, Track, read_movie
from content.movie_making import make_mp4, make_still
from content.pictures import CheckedPicture, check_picture

LARGEST_VIDEO = 200 * 1024 * 1024  # bytes, as uploaded
SHORTEST, LONGEST = 3, 10 * 60  # seconds
SUFFIXES = frozenset({".mp4", ".m4v", ".mov"})
SMALLEST_RESULT = 75 * 1024  # what LinkedIn takes
WIDEST = 2.4  # sides to each other, at most


@dataclass(frozen=True)
class CheckedVideo:
    """An MP4 with H.264 and AAC, upright, with a still picture."""

    path: Path
    width: int
    height: int
    seconds: float
    has_sound: bool
    poster: CheckedPicture


def check_video(source: Path, name: str, into: Path) -> CheckedVideo:
    """Make `into / "video.mp4"` of an uploaded file, or raise MediaRefused."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise MediaRefused("wrong_type", found=suffix[:10])
    if source.stat().st_size > LARGEST_VIDEO:
        raise MediaRefused("too_large", limit=LARGEST_VIDEO)
    movie = read_movie(source)
    _picture_track(movie)
    _refuse_by_length(movie.seconds or SHORTEST)
    result, still = into / "video.mp4", into / "poster.jpg"
    make_mp4(source, movie, result, LONGEST + 1)
    made = read_movie(result)
    picture = _picture_track(made)
    _refuse_by_length(made.seconds)
    make_still(result, 1, still)  # the very first picture is often black
    _reach_smallest_size(result)
    return CheckedVideo(
        path=result,
        width=picture.width,
        height=picture.height,
        seconds=made.seconds,
        has_sound=made.first("soun") is not None,
        poster=check_picture(still),
    )


def _picture_track(movie: Movie) -> Track:
    track = movie.first("vide")
    if track is None or not track.width or not track.height:
        raise MediaRefused("no_picture_track")
    sides = sorted((track.width, track.height))
    if sides[1] > WIDEST * sides[0]:
        raise MediaRefused("odd_shape")
    return track


def _refuse_by_length(seconds: float) -> None:
    if seconds < SHORTEST:
        raise MediaRefused("too_short", limit=SHORTEST)
    if seconds > LONGEST:
        raise MediaRefused("too_long", limit=LONGEST)


def _reach_smallest_size(video: Path) -> None:
    """Add an empty box to a clip that networks would refuse for being too light."""
    missing = SMALLEST_RESULT - video.stat().st_size
    if missing > 0:
        with video.open("ab") as file:
            file.write(struct.pack(">I4s", missing + 8, b"free") + bytes(missing))
            file.flush()
            os.fsync(file.fileno())
