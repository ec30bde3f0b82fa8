"""An installation at work is looked at, stopped and released."""

import pytest

from advocacy import cli


def test_chains_of_an_empty_database_are_whole(
    installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify-chains"]) == 0
    assert capsys.readouterr().out.startswith("0 consent answers")


def test_posting_is_stopped_looked_at_and_released(
    installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["pause"]) == 0
    assert cli.main(["watch"]) == 1
    assert "look stopped" in capsys.readouterr().out.splitlines()

    assert cli.main(["release"]) == 0
    assert cli.main(["watch"]) == 1  # no worker was ever seen
    told = capsys.readouterr().out.splitlines()
    assert "look stopped" not in told
    assert "look no_worker" in told
