"""The foreseen errors every slice may raise; one handler turns them into a page."""

from integrations.errors import ExpectedError


def N_(sentence: str) -> str:  # noqa: N802 – gettext's own name for it
    """Mark a sentence for the translators where it is not shown yet.

    `advocacy.web.error_words` looks the translation up, in the reader's language.
    """
    return sentence


class NotFound(ExpectedError):
    """There is nothing here, or nothing this person may know of (answered alike)."""

    status = 404


class NotAllowed(ExpectedError):
    """Signed in, but not for this."""

    status = 403


class TooLate(ExpectedError):
    """What was asked can no longer be done."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("It is too late for that. Nothing was changed."))
