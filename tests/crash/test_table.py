"""A trial that breaks off is a broken row; the others keep theirs."""

import pytest

from tests.crash.__main__ import main
from tests.crash.alone import Order, tried
from tests.crash.world import SHORT


def test_a_trial_that_breaks_off_is_a_row_that_says_why(tmp_path):
    row = tried(
        Order(
            "T0 unheard of",
            7,
            str(tmp_path / "0"),
            short=True,
            broker="valkey",
            lengths=SHORT,
        )
    )

    assert (row.test, row.seed, row.holds) == ("T0 unheard of", 7, False)
    assert row.breaches == ["KeyError: 'T0 unheard of'"]


def test_the_others_go_on_and_the_run_ends_with_one(capfd):
    """Nobody can wait for less than no time: it breaks with all servers running."""
    backwards = ["--broker-away", "-1"]

    assert main(["--short", "--only", "T4,T11", *backwards]) == 1

    table = capfd.readouterr().out
    assert "T4 broker away, seed 1: BROKEN: ValueError" in table
    assert "T11 wall times, seed 1: 599" in table
    assert "2 rows, 1 broken, short form, seed 1" in table


def test_an_unknown_trial_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["--only", "T3"])
    assert "known are T1, T2" in capsys.readouterr().err
