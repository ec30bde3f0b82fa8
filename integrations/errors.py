"""Errors sorted by what we know afterwards."""

from typing import ClassVar


class ExpectedError(Exception):
    """Foreseen and harmless: its sentence is shown to the person, never reported as a bug.

    The sentence is English, with a place like %(shortest)s for each of `values`; whoever
    shows it translates it, so that raising it needs no language and no web framework.
    """

    status: ClassVar[int] = 400

    def __init__(self, sentence: str = "", **values: object) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values


class ProviderError(Exception):
    """An outside service did not do what we asked.

    `code` is the service's own short code, safe to log; never a body, token or text.
    """

    def __init__(self, reason: str, *, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


class NotDone(ProviderError):
    """It certainly did nothing; asking again later may help."""

    def __init__(
        self,
        reason: str,
        *,
        wait: int | None = None,
        until_midnight_utc: bool = False,
        whole_app: bool = False,
        code: str = "",
    ) -> None:
        super().__init__(reason, code=code)
        self.wait = wait
        self.until_midnight_utc = until_midnight_utc
        # With it: for everybody, not only for this member.
        self.whole_app = whole_app


class Refused(ProviderError):
    """It certainly did nothing; asking again will not help."""


class MediaRefused(Refused):
    """It does not take the post's files; the same files would be refused again."""


class TextTooLong(Refused):
    """It found the text too long."""


class AlreadyPosted(Refused):
    """The network says the member posted the same just before (linkedin.md 2.7)."""

    def __init__(self, reason: str, *, post_id: str | None) -> None:
        super().__init__(reason, code="duplicate")
        self.post_id = post_id


class AccessExpired(Refused):
    """The person must connect their account again."""


class VersionGone(NotDone):
    """The network no longer serves the API version we speak; an administrator must act."""


class OutcomeUnknown(ProviderError):
    """It may have done it. Never repeat; let someone look."""
