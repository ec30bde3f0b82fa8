"""Nothing is taken back, replaced or given up before it was said what that does."""

import io
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text

from advocacy import cli
from advocacy.reach.models import ReleasedFigure
from advocacy.reach.notice_rows import FigureNotice
from integrations.clock import clock_at
from tests.advocacy.commands.released import rows
from tests.advocacy.commands.test_access_log import entries
from tests.advocacy.commands.test_figures_given_up import november_is_due

WITHDRAW = ["withdraw-figures", "organisation", "2026-10-01", "--reason", "Wrong."]
REPLACE = ["replace-figures", "organisation", "2026-10-01"]
GIVE_UP = ["give-up-figures", "organisation", "2026-11-01", "--reason", "Lost."]
assert november_is_due  # the fixture


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def types(monkeypatch):
    return lambda words: monkeypatch.setattr(sys, "stdin", Terminal(f"{words}\n"))


def test_what_it_costs_is_said_and_whoever_does_not_agree_changes_nothing(
    october, reader, types, capsys
):
    for answer in ("no", "", "y"):
        types(answer)
        assert cli.main(WITHDRAW) == 1
    said = capsys.readouterr()
    assert "takes back 2 figures (edition 1), and that cannot be undone" in said.out
    assert "What they cost stays spent." in said.out
    assert "replace-figures can draw them anew, once. It costs 0.028" in said.out
    assert "of 2026 then 0.056 of 0.600 are spent" in said.out
    assert "Nothing was done." in said.err
    assert rows(reader, FigureNotice) == []
    assert entries(october) == []


def test_whoever_types_yes_goes_on(october, reader, types, capsys):
    types("yes")
    assert cli.main(WITHDRAW) == 0
    types("yes")
    assert cli.main(REPLACE) == 0
    assert "There are 2 editions at most" in capsys.readouterr().out
    assert {one.edition for one in rows(reader, ReleasedFigure)} == {1, 2}


def test_a_script_has_to_say_yes(november_is_due, reader, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    for command in (WITHDRAW, GIVE_UP):
        assert cli.main(command) == 1
        assert "Whoever wants it gives --yes." in capsys.readouterr().err
    assert rows(reader, FigureNotice) == []
    assert cli.main([*GIVE_UP, "--yes"]) == 0
    assert "never come, and that cannot be undone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM head_snapshot", "who was there when the period began"),
        (
            (
                'INSERT INTO ledger_entry (year, "table", metric, window_start, edition,'
                " sigma, booked_at) SELECT 2026, 'x', 'sharers', day, 1, 2, now()"
                " FROM generate_series(date '2026-01-01', date '2026-01-03', '1 day') AS day"
            ),
            "the year would cost more than it may",
        ),
    ],
)
def test_that_nothing_can_come_instead_is_said_before(
    october, types, capsys, statement, why
):
    engine = create_engine(october)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    types("no")
    assert cli.main(WITHDRAW) == 1
    assert f"Nothing can come instead of them: {why}" in capsys.readouterr().out


def test_figures_of_items_and_second_editions_are_the_last(october, types, capsys):
    types("no")
    cli.main(["withdraw-figures", "item", "2026-10-01", "--reason", "Wrong."])
    assert "figures of an item come once" in capsys.readouterr().out
    cli.main([*WITHDRAW, "--yes"])
    cli.main([*REPLACE, "--yes"])
    with clock_at(datetime(2026, 11, 4, 9, tzinfo=UTC)):
        types("no")
        cli.main(WITHDRAW)
    assert "replaced once at most" in capsys.readouterr().out
