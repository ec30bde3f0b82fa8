"""Captions: reads WebVTT or SRT, writes plain WebVTT, or says which line is wrong."""

import re
from dataclasses import dataclass
from pathlib import Path

from content.errors import MediaRefused

LARGEST_CAPTIONS = 1024 * 1024  # bytes
SUFFIXES = frozenset({".vtt", ".srt"})
_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:[ \t]+(.*))?")
# The marks WebVTT knows; anything else that looks like one is SRT's or a mistake.
_MARK = re.compile(r"</?(?:b|i|u|v|c|lang|ruby|rt)(?:[.\s][^<>]*)?>", re.IGNORECASE)
# What only SRT knows. Neither looks past where the next may begin, or a line of openings
# would take time that grows with the square of its length.
_FOREIGN = re.compile(r"\{\\[^{}]*\}|</?font[^<>]*>", re.IGNORECASE)
_SETTING = re.compile(r"(?:vertical|line|position|size|align):[\w.,%-]+")


@dataclass(frozen=True)
class CheckedCaptions:
    """A WebVTT file, written by us."""

    text: str
    cues: int
    last_start: float  # when the last cue begins, in seconds
    last_end: float  # when the last to leave the screen does


@dataclass(frozen=True)
class _Cue:
    start: float
    end: float
    settings: str
    text: str


def check_captions(data: bytes, name: str) -> CheckedCaptions:
    """Read an uploaded captions file of either kind, or raise MediaRefused."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise MediaRefused("wrong_type", found=suffix[:10])
    if len(data) > LARGEST_CAPTIONS:
        raise MediaRefused("too_large", limit=LARGEST_CAPTIONS)
    lines = _text(data).splitlines()
    if suffix == ".vtt" and not (lines and re.match(r"WEBVTT([ \t]|$)", lines[0])):
        raise MediaRefused("not_captions")
    cues = _cues(lines)
    if not cues:
        raise MediaRefused("no_cues")
    return CheckedCaptions(
        text="WEBVTT\n\n" + "\n\n".join(map(_written, cues)) + "\n",
        cues=len(cues),
        last_start=max(cue.start for cue in cues),
        last_end=max(cue.end for cue in cues),
    )


def _text(data: bytes) -> str:
    """UTF-8 as WebVTT demands; old SRT files are often in Windows' own letters."""
    if b"\0" in data:
        raise MediaRefused("not_captions")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cues(lines: list[str]) -> list[_Cue]:
    """Blocks with a line of times; numbers, names, notes and styles are left out."""
    cues: list[_Cue] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if "-->" not in line:
            continue
        start, end, settings = _times(line, number)
        said = []
        while number < len(lines) and lines[number].strip():
            if "-->" in lines[number]:
                raise MediaRefused("bad_time", line=number + 1)
            said.append(_plain(lines[number].strip()))
            number += 1
        if any(said):
            cues.append(_Cue(start, end, settings, "\n".join(filter(None, said))))
    return cues


def _times(line: str, number: int) -> tuple[float, float, str]:
    found = _TIMES.fullmatch(line)
    if found is None:
        raise MediaRefused("bad_time", line=number)
    start, end = (_seconds(found.groups()[place : place + 4]) for place in (0, 4))
    if end <= start:
        raise MediaRefused("bad_time", line=number)
    settings = " ".join(_SETTING.findall(found[9] or ""))
    return start, end, settings


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, part = (piece or "0" for piece in parts)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int(part.ljust(3, "0")) / 1000


def _plain(line: str) -> str:
    """Keep the marks players know, drop SRT's {\\an8} and <font>, escape the rest."""
    line = _FOREIGN.sub("", line)
    kept = _MARK.findall(line)
    pieces = [
        re.sub(r"&(?!\w+;|#\d+;)", "&amp;", piece)
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        for piece in _MARK.split(line)
    ]
    together = [pieces[0]]
    for mark, piece in zip(kept, pieces[1:], strict=True):
        together += [mark, piece]
    return "".join(together).strip()


def _written(cue: _Cue) -> str:
    times = f"{_stamp(cue.start)} --> {_stamp(cue.end)} {cue.settings}".rstrip()
    return f"{times}\n{cue.text}"


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
