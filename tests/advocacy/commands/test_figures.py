"""Wrong figures are taken back with a notice, and replaced at new cost, from a terminal."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text

from advocacy import cli
from advocacy.reach import chain
from advocacy.reach.models import LedgerEntry, ReleasedFigure
from advocacy.reach.notice_rows import FigureNotice
from advocacy.reach.replacing import NotThere, withdraw
from integrations.database import transaction
from tests.advocacy.commands.released import (
    FOUND_WRONG,
    OCTOBER,
    read,
    rows,
)
from tests.advocacy.commands.test_access_log import entries

WITHDRAW = ["withdraw-figures", "organisation", "2026-10-01", "--yes", "--reason"]
REPLACE = ["replace-figures", "organisation", "2026-10-01", "--yes"]


def test_they_are_taken_back_and_replaced_and_nothing_that_came_out_is_changed(
    october, reader, capsys
):
    before = [(one.noisy, one.own_hash) for one in rows(reader, ReleasedFigure)]
    assert cli.main([*WITHDRAW, "Visits of one day were counted twice."]) == 0
    assert {(one.stands, one.value) for one in read(reader)} == {(False, None)}
    assert {one.reason for one in read(reader)} == {
        "Visits of one day were counted twice."
    }
    assert cli.main(REPLACE) == 0
    after = [(one.noisy, one.own_hash) for one in rows(reader, ReleasedFigure)]
    assert after[: len(before)] == before
    new = rows(reader, ReleasedFigure)[len(before) :]
    assert {(one.table, one.edition) for one in new} == {("organisation", 2)}
    assert all(one.stands for one in read(reader))
    assert {one.reason for one in read(reader)} == {
        "Visits of one day were counted twice."
    }
    paid = [(one.table, one.edition) for one in rows(reader, LedgerEntry)]
    assert paid.count(("organisation", 2)) == 2
    assert chain.is_whole(reader, ReleasedFigure)
    assert chain.is_whole(reader, FigureNotice)
    details = {"table": "organisation", "first_day": "2026-10-01"}
    assert entries(october) == [
        ("operator", "figures withdrawn", details | {"edition": 1}),
        ("operator", "figures replaced", details | {"edition": 2}),
    ]
    capsys.readouterr()
    assert cli.main(["list-figures"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "organisation  2026-10-01  edition 1  out 2026-11-01  with a notice" in said
    assert "organisation  2026-10-01  edition 2  out 2026-11-02" in said


def test_the_notice_is_read_from_the_next_opening_on_and_not_before(october, reader):
    cli.main([*WITHDRAW, "Wrong."])
    assert all(one.stands for one in read(reader, FOUND_WRONG))
    assert not any(one.stands for one in read(reader))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (REPLACE, "withdraw-figures comes first"),
        (["replace-figures", "unit", "2026-10-01"], "withdraw-figures comes first"),
        (["withdraw-figures", "unit", "2026-10-01", "--reason", "x"], "No such"),
        (
            ["withdraw-figures", "organisation", "2026-10-02", "--reason", "x"],
            "No such",
        ),
    ],
)
def test_what_does_not_stand_is_neither_taken_back_nor_replaced(
    october, reader, capsys, given, words
):
    assert cli.main(given) == 1
    assert words in capsys.readouterr().err
    assert rows(reader, FigureNotice) == []
    assert {one.edition for one in rows(reader, ReleasedFigure)} == {1}
    assert entries(october) == []


@pytest.mark.parametrize(
    "given",
    [
        ["withdraw-figures", "nonsense", "2026-10-01", "--reason", "x"],
        ["withdraw-figures", "organisation", "yesterday", "--reason", "x"],
        ["withdraw-figures", "organisation", "2026-10-01"],
        [*WITHDRAW, "  "],
        [*WITHDRAW, "x" * 301],
        [*WITHDRAW, "one\x1b[2Jline"],
    ],
)
def test_what_makes_no_sense_is_refused_before_the_database_is_asked(
    october, reader, given
):
    with pytest.raises(SystemExit):
        cli.main(given)
    assert rows(reader, FigureNotice) == []


def test_taken_back_twice_is_refused_and_so_is_a_second_replacement(october, reader):
    assert cli.main([*WITHDRAW, "Wrong."]) == 0
    assert cli.main([*WITHDRAW, "Wrong."]) == 1
    assert cli.main(REPLACE) == 0
    assert cli.main(REPLACE) == 1
    assert len(rows(reader, FigureNotice)) == 1


def test_figures_of_an_item_come_once(october, capsys):
    withdraw = ["withdraw-figures", "item", "2026-10-01", "--yes", "--reason", "Wrong."]
    assert cli.main(withdraw) == 0
    assert cli.main(["replace-figures", "item", "2026-10-01"]) == 1
    assert "come once" in capsys.readouterr().err


def test_what_would_cost_more_than_the_year_may_is_not_drawn(october, reader, capsys):
    engine = create_engine(october)
    with engine.begin() as connection:
        spend = (
            'INSERT INTO ledger_entry (year, "table", metric, window_start, edition,'
            " sigma, booked_at) SELECT 2026, 'x', 'sharers', day, 1, 2, now()"
            " FROM generate_series(date '2026-01-01', date '2026-01-03', '1 day') AS day"
        )
        connection.execute(text(spend))
    engine.dispose()
    assert cli.main([*WITHDRAW, "Wrong."]) == 0
    assert cli.main(REPLACE) == 1
    assert "more than the year may" in capsys.readouterr().err
    assert {one.edition for one in rows(reader, ReleasedFigure)} == {1}


def test_a_full_disk_is_said_and_nothing_is_drawn(october, reader, tmp_path, capsys):
    assert cli.main([*WITHDRAW, "Wrong."]) == 0
    shutil.rmtree(tmp_path / "releases")
    (tmp_path / "releases").write_text("not a folder")
    assert cli.main(REPLACE) == 1
    assert "cannot be kept" in capsys.readouterr().err
    assert {one.edition for one in rows(reader, ReleasedFigure)} == {1}


def test_taken_back_by_two_at_once_there_is_one_notice(october, reader):
    with ThreadPoolExecutor() as pool, transaction() as first:
        assert withdraw(first, "organisation", OCTOBER, "Wrong.")
        second = pool.submit(_withdrawn_in_its_own_transaction)
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while not first.scalar(waiting):
            assert not second.done()
        first.commit()
        with pytest.raises(NotThere):
            second.result(timeout=10)
    assert len(rows(reader, FigureNotice)) == 1


def _withdrawn_in_its_own_transaction() -> None:
    with transaction() as session:
        withdraw(session, "organisation", OCTOBER, "Wrong as well.")


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


def test_a_replacement_that_was_killed_is_stored_as_it_was_drawn(
    october, reader, tmp_path
):
    assert cli.main([*WITHDRAW, "Wrong."]) == 0
    killed = [sys.executable, "-c", KILLED, FOUND_WRONG.isoformat(), *REPLACE]
    assert subprocess.run(killed, check=False, timeout=60).returncode == -9
    assert {one.edition for one in rows(reader, ReleasedFigure)} == {1}
    file = tmp_path / "releases" / "organisation-2026-10-01-2.json"
    kept = file.read_text()
    assert cli.main(REPLACE) == 0
    assert file.read_text() == kept
    drawn = json.loads(kept.partition("\n")[2])["drawn"]
    assert {
        one.metric.value: {one.group: one.noisy}
        for one in rows(reader, ReleasedFigure)
        if one.edition == 2
    } == drawn


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE ledger_entry SET sigma = 1000000 WHERE metric = 'sharers'",
        "DELETE FROM ledger_entry WHERE metric = 'clicks'",
    ],
)
def test_a_ledger_that_was_changed_is_found(october, capsys, tamper):
    assert cli.main(["verify-chains"]) == 0
    engine = create_engine(october)
    with engine.begin() as connection:  # past the database's own refusal
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(tamper))
    engine.dispose()
    assert cli.main(["verify-chains"]) == 1
    assert "not in the ledger as they were paid" in capsys.readouterr().err


def test_the_same_figures_are_never_drawn_a_third_time(october, reader, capsys):
    for _round in range(2):
        assert cli.main([*WITHDRAW, "Wrong."]) == 0
        cli.main(REPLACE)
    assert "replaced once at most" in capsys.readouterr().err
    assert {one.edition for one in rows(reader, ReleasedFigure)} == {1, 2}
