"""Tells ffmpeg what to make of a file, and runs it with limits.

It is told as little as possible: one local file, read as MOV/MP4 and as nothing else (a
playlist under the name of a video could make it read other files), and no network.
"""

from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe

from content.errors import MediaRefused
from content.limited import Limits, TookTooLong, run_limited
from content.movie_boxes import Movie

LONGEST_SIDE = 1920
# LinkedIn takes 500 MiB, but in so many parts that a member's calls of a day would not do.
LARGEST_RESULT = 470 * 1024 * 1024
LIMITS = Limits(
    memory=3 * 1024 * 1024 * 1024,
    cpu_seconds=1080,
    file_bytes=LARGEST_RESULT,
    seconds=540,
)
_PLAYED_EVERYWHERE = frozenset({66, 77, 88, 100})  # H.264 in 8 bits, 4:2:0
_HDR = {16: "smpte2084", 18: "arib-std-b67"}  # PQ, and HLG as phones film by default

_FIT = (
    f"scale=w='min({LONGEST_SIDE},iw)':h='min({LONGEST_SIDE},ih)'"
    ":force_original_aspect_ratio=decrease:force_divisible_by=2"
)
# Said in full, since files leave parts of it out.
_TO_SDR = (
    "zscale=tin={}:pin=bt2020:min=bt2020nc:t=linear:npl=100,format=gbrpf32le"
    ",zscale=p=bt709,tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv"
)
_SOUND = {"-c:a": "aac", "-b:a": "128k", "-ac": "2", "-ar": "48000"}
_PICTURE = {
    "-c:v": "libx264",
    "-preset": "veryfast",
    "-crf": "23",
    "-maxrate": "5M",
    "-bufsize": "10M",
    "-fpsmax": "60",
    "-profile:v": "high",
    "-pix_fmt": "yuv420p",
    "-threads": "4",  # each takes its share of the memory we allow
}
# Nothing of the file's own words: no place, no camera, no chapters, no other tracks.
_NOTHING_ELSE = {"-map_metadata": "-1", "-map_chapters": "-1"}
_TRACKS = ["-map", "0:V:0", "-map", "0:a:0?", "-dn", "-sn"]
_STILL = {
    "-threads": "1",
    "-frames:v": "1",
    "-q:v": "3",
    "-f": "image2",
    "-update": "1",
}


def make_mp4(source: Path, movie: Movie, result: Path, most_seconds: int) -> None:
    """Write an MP4 with H.264 and AAC, its index in front, upright, no more in it."""
    how = _how(movie)
    ends = {"-t": str(most_seconds), "-movflags": "+faststart", "-f": "mp4"}
    _ffmpeg(source, [*_TRACKS, *_words({**how, **_NOTHING_ELSE, **ends}), str(result)])


def make_still(video: Path, second: int, result: Path) -> None:
    """Write one picture of a video as JPEG."""
    _ffmpeg(video, [*_words(_STILL), str(result)], "-ss", str(second))


def _how(movie: Movie) -> dict[str, str]:
    """Copy what plays everywhere as it is; make the rest anew."""
    picture, sound = movie.first("vide"), movie.first("soun")
    heard = {"-c:a": "copy"} if sound and sound.codec == "mp4a" else _SOUND
    if (
        picture is not None
        and picture.codec in ("avc1", "avc3")
        and picture.profile in _PLAYED_EVERYWHERE
        and picture.transfer not in _HDR
        and not picture.turned
        and max(picture.width, picture.height) <= LONGEST_SIDE
    ):
        return {"-c:v": "copy", **heard}
    look = [_FIT]
    if picture is not None and picture.transfer in _HDR:
        look.append(_TO_SDR.format(_HDR[picture.transfer]))
    return {"-vf": ",".join(look), **_PICTURE, **heard}


def _words(options: dict[str, str]) -> list[str]:
    return [word for option in options.items() for word in option]


def _ffmpeg(source: Path, work: list[str], *more: str) -> None:
    program = [get_ffmpeg_exe(), "-nostdin", "-y", "-v", "error"]
    alone = ["-filter_threads", "2", "-threads", "2", "-protocol_whitelist", "file"]
    read = [*alone, "-f", "mov", *more, "-i", f"file:{source}"]
    try:
        code, _ = run_limited([*program, *read, *work], LIMITS)
    except TookTooLong as error:
        raise MediaRefused("took_too_long") from error
    if code != 0:
        raise MediaRefused("unreadable")
