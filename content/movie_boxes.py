"""Reads the boxes of an MP4 or MOV file: what is in it, without running a decoder."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from content.errors import MediaRefused

_LARGEST_INDEX = 64 * 1024 * 1024  # of `moov`; ten minutes need less than one
_UNTURNED = (0x10000, 0, 0, 0x10000)
_STRANGERS = (
    (b"\x1a\x45\xdf\xa3", "WebM"),
    (b"FLV", "FLV"),
    (b"\0\0\x01\xba", "MPEG"),
    (b"GIF8", "GIF"),
)


@dataclass(frozen=True)
class Track:
    """One picture or sound track."""

    kind: str  # "vide", "soun" or another
    codec: str  # "avc1", "hvc1", "mp4a"
    width: int
    height: int
    turned: bool  # the file asks players to turn it
    profile: int  # of H.264; 0 for others
    transfer: int  # how light is coded; 16 and 18 are HDR; 0 when not said


@dataclass(frozen=True)
class Movie:
    """What the file says about itself."""

    seconds: float  # 0 when it was written in pieces and does not say
    tracks: tuple[Track, ...]

    def first(self, kind: str) -> Track | None:
        """The first track of a kind, which is the one players use."""
        return next((track for track in self.tracks if track.kind == kind), None)


def read_movie(file: Path) -> Movie:
    """The file's tracks and length; MediaRefused when it is none, or not whole."""
    with file.open("rb") as content:
        start = content.read(12)
        if start[4:8] != b"ftyp":
            if start[8:11] == b"AVI":
                raise MediaRefused("wrong_type", found="AVI")
            for magic, found in _STRANGERS:
                if start.startswith(magic):
                    raise MediaRefused("wrong_type", found=found)
            raise MediaRefused("not_a_video")
        index = _index(content)
    try:
        return _movie(index)
    except (struct.error, IndexError, ValueError, ZeroDivisionError) as error:
        raise MediaRefused("unreadable") from error


def _index(content: BinaryIO) -> bytes:
    """The `moov` box. Every box must end inside the file, or the file was cut off."""
    end = content.seek(0, os.SEEK_END)
    at, index, media = 0, b"", False
    while at + 8 <= end:
        content.seek(at)
        size, kind = struct.unpack(">I4s", content.read(8))
        head = 8
        if size == 1:
            size, head = int.from_bytes(content.read(8)), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            if index and media and kind not in (b"mdat", b"moof"):
                break  # something that a phone or an editor added behind the end
            raise MediaRefused("truncated")
        if kind == b"moov":
            if size > _LARGEST_INDEX:
                raise MediaRefused("unreadable")
            index = content.read(size - head)
        media = media or kind == b"mdat"
        at += size
    if not index or not media:
        raise MediaRefused("truncated")
    return index


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes inside one."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 0:
            size = len(data) - at
        if size < 8 or at + size > len(data):
            raise ValueError("a box is larger than its parent")
        yield kind, data[at + 8 : at + size]
        at += size


def _inside(data: bytes, *path: bytes) -> bytes:
    """The box at the end of a path, empty when there is none."""
    for step in path:
        data = next((body for kind, body in _boxes(data) if kind == step), b"")
    return data


def _movie(index: bytes) -> Movie:
    header = _inside(index, b"mvhd")
    form = ">20xIQ" if header[0] == 1 else ">12xII"
    scale, length = struct.unpack_from(form, header)
    unknown = length in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
    tracks = (_track(body) for kind, body in _boxes(index) if kind == b"trak")
    return Movie(0.0 if unknown else length / scale, tuple(tracks))


def _track(data: bytes) -> Track:
    header = _inside(data, b"tkhd")
    place = 52 if header[0] == 1 else 40
    a, b, c, d = struct.unpack_from(">ii4xii", header, place)
    width, height = struct.unpack_from(">II", header, place + 36)
    samples = _inside(data, b"mdia", b"minf", b"stbl", b"stsd")
    colours = max(samples.find(b"colrnclx"), samples.find(b"colrnclc"))
    avc = samples.find(b"avcC")
    return Track(
        kind=_inside(data, b"mdia", b"hdlr")[8:12].decode("latin-1"),
        codec=samples[12:16].decode("latin-1"),
        width=width >> 16,
        height=height >> 16,
        turned=(a, b, c, d) != _UNTURNED,
        profile=samples[avc + 5] if avc >= 0 else 0,
        transfer=struct.unpack_from(">H", samples, colours + 10)[0]
        if colours >= 0
        else 0,
    )
