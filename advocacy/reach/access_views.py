"""What was done with an administrator's rights, page by page, for the auditor.

There is nothing to filter by and nobody's name: not of who did it, nor of whom it was
about (privacy.md 1.6).
"""

from flask.typing import ResponseReturnValue

from advocacy.access_log.queries import entries, switch_history
from advocacy.access_log.words import switch_words, value_in_words
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach.access_words import action_words, details_words, done_as
from advocacy.reach.shown_pages import shown_page
from integrations.database import transaction
from integrations.reader_role import READER

ON_A_PAGE = 50


@requires(Permission.AUDIT, told_of=False)
def access_log() -> ResponseReturnValue:
    """The newest, and how the settings stood from when on."""
    return _page()


@requires(Permission.AUDIT, told_of=False)
def older_access(entry_id: int) -> ResponseReturnValue:
    """Those before one entry, whether or not that is there."""
    return _page(before=entry_id)


def _page(before: int | None = None) -> str:
    with transaction(READER) as session:
        found = entries(session, ON_A_PAGE + 1, before)
        switched = switch_history(session) if before is None else ()
    return shown_page(
        "reach/access_log.html",
        entries=found[:ON_A_PAGE],
        older=found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else None,
        switched=switched,
        is_first=before is None,
        action_words=action_words,
        details_words=details_words,
        done_as=done_as,
        switch_words=switch_words(),
        value_in_words=value_in_words,
    )
