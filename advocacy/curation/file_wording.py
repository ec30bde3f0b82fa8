"""What is said when a file cannot be taken: why, and what would do instead."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.web.formats import number
from content.documents import LARGEST_DOCUMENT, MOST_PAGES
from content.errors import MediaRefused
from content.pictures import LARGEST_PICTURE, MOST_PIXELS
from content.videos import LARGEST_VIDEO, LONGEST

MEGABYTE = 1024 * 1024
# As WebVTT writes from when to when a caption stands there.
EXAMPLE_TIMES = "00:01.000 --> 00:04.000"


def megabytes(size: int) -> int:
    """A limit as people read it."""
    return size // MEGABYTE


def picture_help() -> str:
    """Said beside the field before anybody chooses a file."""
    return _(
        "JPEG, PNG or WebP, up to %(limit)s MB and %(pixels)s million pixels. Place and"
        " camera details are removed.",
        limit=megabytes(LARGEST_PICTURE),
        pixels=MOST_PIXELS // 1_000_000,
    )


def video_help() -> str:
    """The same for a video."""
    return _(
        "MP4 or MOV, up to %(limit)s MB and %(minutes)s minutes."
        " Place and camera details are removed.",
        limit=megabytes(LARGEST_VIDEO),
        minutes=LONGEST // 60,
    )


def document_help() -> str:
    """The same for a document."""
    return _(
        "PDF, up to %(limit)s MB and %(pages)s pages. It goes out as it is, with the"
        " author and date that stand in it.",
        limit=megabytes(LARGEST_DOCUMENT),
        pages=MOST_PAGES,
    )


def refusal(error: MediaRefused, name: str, kind: str) -> str:
    """Why this file was refused. `kind`: "picture", "video", "document", "captions"."""
    words = _SENTENCES[error.code](error.facts, kind)
    return _("%(file)s: %(why)s", file=name, why=words) if name else words


Facts = dict[str, str | int]


def _wrong_type(facts: Facts, kind: str) -> str:
    found = str(facts.get("found", "")).lstrip(".").upper()
    wanted = {
        "picture": _("Choose a JPEG, PNG or WebP picture."),
        "video": _("Choose an MP4 or MOV video."),
        "document": _("Choose a PDF: other programs can save as one."),
        "captions": _("Choose a WebVTT or SRT file."),
    }[kind]
    if not found:
        return _("We do not know this kind of file. %(wanted)s", wanted=wanted)
    return _("We cannot take %(found)s files. %(wanted)s", found=found, wanted=wanted)


def _too_large(facts: Facts, _kind: str) -> str:
    limit = megabytes(int(facts["limit"]))
    return _("This file is larger than %(limit)s MB.", limit=limit)


def _too_many_pixels(facts: Facts, _kind: str) -> str:
    return _(
        "This picture has more than %(limit)s million pixels. Make it smaller first.",
        limit=number(int(facts["limit"]) // 1_000_000),
    )


def _too_long(facts: Facts, _kind: str) -> str:
    return _(
        "This video is longer than %(minutes)s minutes. Choose a shorter piece.",
        minutes=int(facts["limit"]) // 60,
    )


def _too_short(facts: Facts, _kind: str) -> str:
    seconds = int(facts["limit"])
    return ngettext(
        "This video is shorter than %(num)s second.",
        "This video is shorter than %(num)s seconds.",
        seconds,
    )


def _too_many_pages(facts: Facts, _kind: str) -> str:
    return _(
        "This document has more than %(limit)s pages. Choose a shorter piece.",
        limit=int(facts["limit"]),
    )


def _truncated(_facts: Facts, kind: str) -> str:
    if kind == "video":
        return _("The end of this video is missing. Copy it from the camera once more.")
    return _("The end of this file is missing. Copy it from its source once more.")


def _unreadable(_facts: Facts, kind: str) -> str:
    if kind == "video":
        return _("We could not open this video. Save it as MP4 and try again.")
    if kind == "document":
        return _("We could not open this document. Save it as PDF once more.")
    return _("We could not open this file. Save it as JPEG or PNG and try again.")


def _bad_time(facts: Facts, _kind: str) -> str:
    return _("Line %(line)s holds a time we cannot read.", line=facts["line"])


_SENTENCES: dict[str, Callable[[Facts, str], str]] = {
    "wrong_type": _wrong_type,
    "too_large": _too_large,
    "too_many_pixels": _too_many_pixels,
    "too_long": _too_long,
    "too_short": _too_short,
    "truncated": _truncated,
    "unreadable": _unreadable,
    "bad_time": _bad_time,
    "not_a_picture": lambda _facts, _kind: _(
        "Inside, this file is not a picture. Choose a JPEG, PNG or WebP picture."
    ),
    "not_a_video": lambda _facts, _kind: _(
        "Inside, this file is not a video. Choose an MP4 or MOV video."
    ),
    "not_a_document": lambda _facts, _kind: _(
        "Inside, this file is not a PDF. Save it as PDF and try again."
    ),
    "too_many_pages": _too_many_pages,
    "encrypted": lambda _facts, _kind: _(
        "This document is locked with a password. Save it without one."
    ),
    "more_than_pages": lambda _facts, _kind: _(
        "This document holds programs or other files. Save it as a plain PDF, for"
        " instance by printing it to PDF."
    ),
    "not_captions": lambda _facts, _kind: _(
        "These are no captions. Use WebVTT or SRT, as the program that made them exports."
    ),
    "no_picture_track": lambda _facts, _kind: _(
        "This video has sound and no picture. Choose another file."
    ),
    "odd_shape": lambda _facts, _kind: _(
        "This video is too narrow or too flat. One side may be 2.4 times the other."
    ),
    "took_too_long": lambda _facts, _kind: _(
        "It took too long to look at this file. Make it smaller and try again."
    ),
    "no_cues": lambda _facts, _kind: _(
        "There are no times in it. Above its words, each caption needs a line that says"
        " from when to when, such as %(times)s.",
        times=EXAMPLE_TIMES,
    ),
}
