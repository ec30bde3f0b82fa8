"""The short list of organisations that people may mention: read, kept, taken off."""

import re
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content.mentions import MentionRow

LINKEDIN = "linkedin"
LONGEST_NAME = 100
# A page's number, alone, in its URN, or in an address of the page.
_NUMBER = re.compile(
    r"(?:urn:li:organization:|(?:https?://)?[a-z.]*linkedin\.com/company/)?"
    r"([0-9]{1,20})(?:[/?#]\S*)?",
    re.IGNORECASE,
)


class MentionRefused(Exception):
    """It cannot be kept; `problems` are codes by field: "name" and "number"."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def all_mentions(session: Session, network: str = LINKEDIN) -> Sequence[MentionRow]:
    """Everybody on the list, by name."""
    wanted = select(MentionRow).where(MentionRow.network == network)
    return session.scalars(wanted.order_by(func.lower(MentionRow.name))).all()


def keep_mention(
    session: Session, name: str, number: str, mention_id: int | None = None
) -> MentionRow:
    """Put an organisation on the list, or change the one of this id.

    Raises MentionRefused. One that somebody took off meanwhile is put back.
    """
    name, found = tidy_name(name), _NUMBER.fullmatch(number.strip())
    row = session.get(MentionRow, mention_id) if mention_id is not None else None
    problems = {} if found else {"number": "no_number" if number.strip() else "missing"}
    if not name or len(name) > LONGEST_NAME:
        problems["name"] = "too_long" if name else "missing"
    elif _taken(session, name, row):
        problems["name"] = "twice"
    if problems or found is None:
        raise MentionRefused(problems)
    row = row or MentionRow(network=LINKEDIN)
    row.name, row.network_id = name, found[1]
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:  # two presses at once
        raise MentionRefused({"name": "twice"}) from error
    return row


def take_off(session: Session, mention_id: int) -> None:
    """Nobody can mention it from now on; harmless when it is gone."""
    row = session.get(MentionRow, mention_id)
    if row is not None:
        session.delete(row)
        session.flush()


def tidy_name(typed: str) -> str:
    """One line, without the sign that people write before it."""
    return " ".join(typed.replace("\0", "").split()).removeprefix("@").strip()


def _taken(session: Session, name: str, row: MentionRow | None) -> bool:
    same = select(MentionRow.id).where(
        MentionRow.network == LINKEDIN, func.lower(MentionRow.name) == func.lower(name)
    )
    found = session.scalar(same)
    return found is not None and (row is None or found != row.id)
