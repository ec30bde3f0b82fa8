"""Figures that are due and never come are given up from a terminal, with a notice."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from advocacy import cli
from advocacy.reach.batches import Batch, NotReleasable, due_batches
from advocacy.reach.notice_rows import FigureNotice
from advocacy.reach.opening import open_due
from advocacy.reach.release import release_batch
from integrations.clock import clock_at
from tests.advocacy.commands.released import (
    read,
    rows,
)
from tests.advocacy.commands.test_access_log import entries

KILLED = """
import os, signal, sys
from datetime import datetime
from advocacy import cli
from advocacy.commands import figures
from integrations.clock import clock_at

figures._log = lambda *_given: os.kill(os.getpid(), signal.SIGKILL)
with clock_at(datetime.fromisoformat(sys.argv[1])):
    cli.main(sys.argv[2:])
"""


GIVE_UP = ["give-up-figures", "organisation", "2026-11-01", "--yes", "--reason"]


@pytest.fixture
def november_is_due(october):
    """It was opened, and its month is over; nobody released it yet."""
    with Session(engine := create_engine(october)) as session, session.begin():
        open_due(session, date(2026, 11, 1))
    engine.dispose()
    with clock_at(datetime(2026, 12, 2, 9, tzinfo=UTC)):
        yield october


def test_what_never_comes_is_given_up_with_a_notice_and_does_not_come_any_more(
    november_is_due, reader, capsys
):
    moment = datetime(2026, 12, 3, 7, 1, tzinfo=UTC)
    assert cli.main([*GIVE_UP, "The disk with its draw was lost."]) == 0
    last = read(reader, moment)[-1]
    assert (last.window.start, last.stands) == (date(2026, 11, 1), False)
    assert last.reason == "The disk with its draw was lost."
    details = {"table": "organisation", "first_day": "2026-11-01", "edition": 1}
    assert entries(november_is_due) == [("operator", "figures given up", details)]
    assert due_batches(reader, moment) == []
    with pytest.raises(NotReleasable, match="given up"):
        release_batch(reader, Batch("organisation", date(2026, 11, 1)))
    reader.rollback()  # it would hold the lock of releases
    assert cli.main([*GIVE_UP, "Again."]) == 1
    assert "No such figures are due" in capsys.readouterr().err


def test_what_came_out_or_is_still_to_come_cannot_be_given_up(october, reader):
    for table, day in [
        ("organisation", "2026-10-01"),
        ("organisation", "2026-11-01"),
        ("unit", "2026-10-01"),
    ]:
        assert cli.main(["give-up-figures", table, day, "--reason", "x"]) == 1
    assert rows(reader, FigureNotice) == []
