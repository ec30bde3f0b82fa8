"""Commands about released figures that turned out wrong."""

from argparse import ArgumentTypeError, Namespace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.commands.figure_warnings import GIVING_UP, replacing, withdrawing
from advocacy.commands.installation import database, installed
from advocacy.commands.terminal import Add, agreed, complain, say, typed
from advocacy.config import Settings
from advocacy.people import written
from advocacy.reach.batches import Batch, NotReleasable, due_batches
from advocacy.reach.drafts import Drafts, DraftUnreadable
from advocacy.reach.ledger import BudgetSpent, NotBooked
from advocacy.reach.models import ReleasedFigure
from advocacy.reach.notices import notices
from advocacy.reach.outlook import Outlook, outlook
from advocacy.reach.replacing import (
    NotThere,
    give_up,
    replace,
    standing_edition,
    withdraw,
)
from advocacy.reach.tables import TABLES
from integrations.clock import now

LONGEST_REASON = 300


def add_commands(add: Add) -> None:
    add("list-figures", _list, "say which figures came out, and when; no number")
    back = add("withdraw-figures", _withdraw, "take wrong figures back, with a notice")
    anew = add(
        "replace-figures", _replace, "draw what was taken back anew, at new cost"
    )
    up = add("give-up-figures", _give_up, "say that figures which are due never come")
    for command in (back, anew, up):
        command.add_argument("table", choices=list(TABLES), metavar="TABLE")
        command.add_argument(
            "first_day", type=_day, help="of the period, as 2026-10-01"
        )
    for command in (back, up):
        command.add_argument(
            "--reason",
            required=True,
            type=typed(_reason),
            help="a sentence for everybody who may see the figures",
        )
    for command in (back, anew, up):
        command.add_argument(
            "--yes", action="store_true", help="do not ask whether that is meant"
        )


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ArgumentTypeError("write the day as 2026-10-01") from error


def _reason(words: str) -> str:
    if not words.strip():
        raise ValueError("say why")
    if len(words) > LONGEST_REASON:
        raise ValueError(f"at most {LONGEST_REASON} characters")
    return written.line(words.strip())


def _list(_given: Namespace) -> int:
    with database(installed()) as session:
        gone = {(one.table, one.window_start, one.edition) for one in notices(session)}
        rows = session.execute(
            select(
                ReleasedFigure.table,
                ReleasedFigure.window_start,
                ReleasedFigure.edition,
                func.min(ReleasedFigure.released_at),
            )
            .group_by(
                ReleasedFigure.table,
                ReleasedFigure.window_start,
                ReleasedFigure.edition,
            )
            .order_by(ReleasedFigure.window_start, ReleasedFigure.table)
            .order_by(ReleasedFigure.edition)
        ).all()
    for table, start, edition, at in rows:
        notice = "  with a notice" if (table, start, edition) in gone else ""
        say(f"{table}  {start}  edition {edition}  out {at:%Y-%m-%d}{notice}")
    return 0


def _withdraw(given: Namespace) -> int:
    settings = installed()
    with database(settings) as session:
        if standing_edition(session, given.table, given.first_day) is None:
            complain("No such figures stand. list-figures says which came out.")
            return 1
        found = _outlook(session, settings, given)
    if not agreed(withdrawing(found), beforehand=given.yes):
        return 1
    try:
        with database(settings) as session:
            notice = withdraw(session, given.table, given.first_day, given.reason)
            _log(session, Action.FIGURES_WITHDRAWN, given, notice.edition)
    except NotThere:
        complain("Somebody took them back meanwhile.")
        return 1
    say("Taken back. From seven o'clock (UTC) on the notice stands where they stood.")
    return 0


def _replace(given: Namespace) -> int:
    settings = installed()
    with database(settings) as session:
        found = _outlook(session, settings, given)
    ready = found.edition and found.withdrawn and not found.obstacle
    if ready and not agreed(replacing(found), beforehand=given.yes):
        return 1
    try:
        with database(settings) as session:
            drafts = Drafts(settings.data_folder)
            figures = replace(session, given.table, given.first_day, drafts)
            _log(session, Action.FIGURES_REPLACED, given, figures[0].edition)
    except NotThere:
        complain("Nothing of that was taken back: withdraw-figures comes first.")
    except BudgetSpent:
        complain("That would cost more than the year may, so it stays as it is.")
    except (NotBooked, NotReleasable) as error:
        complain(f"It cannot be drawn anew: {error}.")
    except (DraftUnreadable, OSError) as error:
        complain(f"What is drawn cannot be kept on the disk: {error}.")
    else:
        say(f"{len(figures)} figures were drawn anew and are read from seven (UTC) on.")
        return 0
    return 1


def _give_up(given: Namespace) -> int:
    settings = installed()
    with database(settings) as session:
        due = Batch(given.table, given.first_day) in due_batches(session, now())
    if due and not agreed(GIVING_UP, beforehand=given.yes):
        return 1
    try:
        with database(settings) as session:
            notice = give_up(session, given.table, given.first_day, given.reason)
            _log(session, Action.FIGURES_GIVEN_UP, given, notice.edition)
    except NotThere:
        complain("No such figures are due: they came out, or are still to come.")
        return 1
    say("Given up. From seven o'clock (UTC) on the notice stands in their place.")
    return 0


def _outlook(session: Session, settings: Settings, given: Namespace) -> Outlook:
    drafts = Drafts(settings.data_folder)
    return outlook(session, given.table, given.first_day, drafts)


def _log(session: Session, action: Action, given: Namespace, edition: int) -> None:
    first_day = given.first_day.isoformat()
    log_access(
        session,
        DoneAs.OPERATOR,
        action,
        table=given.table,
        first_day=first_day,
        edition=edition,
    )
