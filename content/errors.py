"""What can be wrong with content, as codes; the pages turn them into sentences."""

from collections.abc import Mapping

# Every code a picture, video, document or captions file can be refused with, and its facts.
MEDIA_CODES = frozenset(
    {
        "wrong_type",  # found: what it is; its content or its name is not on our list
        "too_large",  # limit: in bytes
        "too_many_pixels",  # limit: in pixels
        "not_a_picture",
        "not_a_video",
        "not_a_document",
        "not_captions",
        "truncated",
        "unreadable",
        "too_long",  # limit: in seconds
        "too_short",  # limit: in seconds
        "no_picture_track",
        "odd_shape",  # more than 2.4 times as wide as high, or the reverse
        "encrypted",  # a document that opens with a password, or forbids things
        "too_many_pages",  # limit: in pages
        "more_than_pages",  # a document with programs or other files in it
        "took_too_long",
        "no_cues",
        "bad_time",  # line: where in the file
    }
)

# Every code `content.readiness.problems` can give for a field.
PROBLEM_CODES = frozenset(
    {
        "missing",
        "too_long",
        "unknown",
        "too_few_wordings",
        "twice",
        "missing_alt",
        "missing_captions",
        "no_pictures",
        "too_many_pictures",
        "no_video",
        "too_many_videos",
        "no_document",
        "too_many_documents",
        "wrong_media",
        "before_offer",
        "in_the_past",
    }
)


class MediaRefused(Exception):
    """Not a file we take. `code` is one of MEDIA_CODES; `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        if code not in MEDIA_CODES:
            raise ValueError(f"unknown media code {code}")
        self.code = code
        self.facts = facts


class NotReady(Exception):
    """The item cannot be published as it stands; `problems` says why, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)


class WrongState(Exception):
    """An item in this state does not take that step."""
