"""An installation at work is looked at, stopped and released."""

from datetime import date

import pytest

from advocacy import cli
from advocacy.reach.chain import BEGINNING
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from integrations.database import transaction


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


def test_a_forged_notice_is_told_by_its_chain(
    installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction() as session:
        session.add(
            FigureNotice(
                table="unit",
                window_start=date(2026, 10, 1),
                edition=1,
                kind=NoticeKind.WITHDRAWN,
                reason="Counted twice",
                previous_hash=BEGINNING,
                own_hash="not its seal",
            )
        )
    assert cli.main(["verify-chains"]) == 1
    told = capsys.readouterr().err
    assert "notices about figures" in told
    assert "released figures" not in told
