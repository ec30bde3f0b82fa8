"""The command that takes units, and who is in which, from the personnel administration."""

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.commands.installation import database, installed
from advocacy.commands.terminal import Add, complain, say
from advocacy.config import Settings
from advocacy.people.unit_file import (
    LONGEST_FILE,
    Fault,
    Read,
    read_people,
    read_units,
)
from advocacy.people.unit_operations import Changes, UnitsRefused, import_units
from advocacy.reach.opening import LOCK
from integrations.database import hold


def add_commands(add: Add) -> None:
    units = add("import-units", _import_units, "make the units as a list has them")
    units.add_argument("units", type=Path, help="a file of the columns unit,parent")
    units.add_argument(
        "--people", type=Path, help="a file of the columns email,unit; others stay"
    )
    units.add_argument("--dry-run", action="store_true", help="change nothing")


def _import_units(given: Namespace) -> int:
    settings = installed()
    try:
        units = read_units(_content(given.units))
        people = read_people(_content(given.people)) if given.people else Read()
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}")
        return 1
    try:
        changes = _follow(settings, units, people, keep=not given.dry_run)
    except UnitsRefused as refused:
        _complain_of(given.units, refused.faults.units)
        _complain_of(given.people, refused.faults.people)
        complain("Nothing was changed.")
        return 1
    _say(changes)
    if given.dry_run:
        say("This was a dry run: nothing was changed.")
    return 0


def _follow(settings: Settings, units: Read, people: Read, *, keep: bool) -> Changes:
    with database(settings) as session:
        # No window is opened meanwhile: its head-counts would be of two organisations.
        hold(session, LOCK)
        done = session.begin_nested()
        changes = import_units(session, units, people)
        if not keep:
            done.rollback()
        counts = asdict(changes) | {"kept": keep}
        log_access(session, DoneAs.OPERATOR, Action.UNITS_IMPORTED, **counts)
    return changes


def _content(path: Path) -> bytes:
    """As much as is needed to see that it is too large."""
    with path.open("rb") as file:
        return file.read(LONGEST_FILE + 1)


def _complain_of(path: Path, faults: Iterable[Fault]) -> None:
    """One a line, in the form that editors jump to."""
    for line, words in faults:
        complain(f"{path}:{line}: {words}")


def _say(changes: Changes) -> None:
    say(f"units: {changes.units}, {changes.made} new, {changes.removed} removed")
    say(f"people: {changes.people}, {changes.moved} moved")
    if changes.without_unit:
        say(f"in no unit: {changes.without_unit}")
    say("Figures follow from their next window on.")
