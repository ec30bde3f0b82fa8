"""The foreseen errors every slice may raise; one handler turns them into a page."""

from flask_babel import lazy_gettext as _

from integrations.errors import ExpectedError


class NotFound(ExpectedError):
    """There is nothing here, or nothing this person may know of (answered alike)."""

    status = 404


class NotAllowed(ExpectedError):
    """Signed in, but not for this."""

    status = 403


class TooLate(ExpectedError):
    """What was asked can no longer be done."""

    status = 409

    def __init__(self, sentence: object = None) -> None:
        super().__init__(sentence or _("It is too late for that. Nothing was changed."))
