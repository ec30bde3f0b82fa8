"""A trial that breaks off is a broken row; the others keep theirs."""

from tests.crash.__main__ import main
from tests.crash.table import Row, tried
from tests.crash.trials import TRIALS


def row(test):
    return Row(test, 1, 0, 1, 0, 0, 0, 0.1)


def test_a_trial_that_breaks_off_is_a_row_that_says_why(capsys):
    def breaks_off():
        raise TimeoutError("waited 5 s for\nthe end")

    (broken,) = tried("T2 killed when sent", breaks_off)

    assert (broken.test, broken.holds) == ("T2 killed when sent", False)
    assert broken.breaches == ["TimeoutError: waited 5 s for the end"]
    assert "Traceback" in capsys.readouterr().out


def test_the_other_trials_go_on_and_the_run_ends_with_one(capsys, monkeypatch):
    def breaks_off(world, seed, *, short):
        world.broker.kill()
        raise RuntimeError("on the way")

    def goes_on(world, seed, *, short):
        world.empty_broker()
        return [row("T8")]

    monkeypatch.setitem(TRIALS, "T7", (breaks_off,))
    monkeypatch.setitem(TRIALS, "T8", (goes_on,))

    assert main(["--only", "T7,T8", "--short"]) == 1

    table = capsys.readouterr().out
    assert "T7: BROKEN: RuntimeError: on the way" in table
    assert "2 rows, 1 broken, short form, seed 1" in table
