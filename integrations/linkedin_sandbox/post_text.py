"""A post's text, read as little text."""

from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.little_text import shown, units
from integrations.linkedin_sandbox.refusals import invalid

LIMIT = 3000


def read_text(commentary: object, *, may_be_blank: bool) -> tuple[str, int | None]:
    """The text as it will be shown. Too long is refused, badly escaped is cut off."""
    if not isinstance(commentary, str):
        raise invalid("/commentary")
    if not commentary.strip() and not may_be_blank:
        raise invalid("/commentary", "INVALID_VALUE_BLANK_FIELD")
    if units(commentary) > LIMIT:
        raise invalid("/commentary", "FIELD_LENGTH_TOO_LONG")
    text, cut_at = shown(commentary)
    if cut_at is not None and memory().settings.strict_text:
        raise invalid("/commentary")
    return text, cut_at
