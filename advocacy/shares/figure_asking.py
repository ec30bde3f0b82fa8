"""The figures on the page of one's shares; looking at it is what asks for new ones."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.accounts.queries import usable_account
from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES
from advocacy.shares.figure_words import ShownFigures, in_words
from advocacy.shares.figures import figures_of, posts_to_read
from advocacy.shares.reading_figures import READ_FIGURES
from advocacy.web.runtime import runtime
from integrations import task_queue
from integrations.database import after_commit


def shown_figures(
    session: Session, person_id: int, at: datetime, *, exact: bool
) -> tuple[dict[int, ShownFigures], bool]:
    """What is known by share, and whether LinkedIn is asked for more just now."""
    if not is_on(session, person_id, Purpose.READ_MY_FIGURES):
        return {}, False
    known = figures_of(session, person_id, at)
    words = {share: in_words(one, exact=exact) for share, one in known.items()}
    shown = {share: one for share, one in words.items() if one is not None}
    if LINKEDIN not in runtime().outside.figure_readers:
        return shown, False
    account = usable_account(session, person_id, LINKEDIN_FIGURES, at)
    asked = bool(account and posts_to_read(session, person_id, LINKEDIN, at))
    if asked:
        after_commit(session, lambda: task_queue.send(READ_FIGURES, person_id))
    return shown, asked
