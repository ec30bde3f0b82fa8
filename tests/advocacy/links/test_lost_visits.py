"""Without database and disk visitors are sent on; how many were lost is told later."""

import pytest
from structlog.testing import capture_logs

from advocacy.links.batches import VisitBatch
from advocacy.links.click_writer import ClickWriter
from advocacy.links.models import Outcome
from advocacy.links.spool import Spool
from tests.advocacy.links.stored_visits import DAY, counted, lost_visits, rows
from tests.advocacy.links.threads import LONG, wait_until


@pytest.fixture
def no_disk(tmp_path):
    (tmp_path / "file").touch()
    return Spool(tmp_path / "file")


def test_what_neither_takes_is_counted_as_lost(away, engine, no_disk, spool, code):
    writer = ClickWriter(away, no_disk)
    with capture_logs() as logs:
        for _ in range(3):
            assert not writer.record(code, DAY, Outcome.COUNTED)
    writer.store.engine = engine
    wait_until(lambda: rows(VisitBatch) >= 1)
    assert writer.record(code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 1}
    assert lost_visits() == {"disk": 3}
    assert "visits_lost" in {log["event"] for log in logs}
    assert code not in str(logs)


def test_without_a_place_on_the_disk_it_is_the_same(away, code):
    writer = ClickWriter(away)
    assert not writer.record(code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert sum(writer.losses.values()) == 1


def test_losses_reach_the_disk_when_that_is_back_first(away, no_disk, spool, code):
    writer = ClickWriter(away, no_disk)
    assert not writer.record(code, DAY, Outcome.COUNTED)
    writer.spool = spool
    writer.close(LONG)
    assert counted(spool) == {}
    assert lost_visits() == {"disk": 1}


def test_a_full_spool_takes_no_more(away, engine, tmp_path, code):
    spool = Spool(tmp_path, most_files=1)
    writer = ClickWriter(away, spool)
    assert writer.record(code, DAY, Outcome.COUNTED)
    assert not writer.record(code, DAY, Outcome.COUNTED)
    writer.store.engine = engine
    wait_until(lambda: rows(VisitBatch) >= 1)
    writer.record(code, DAY, Outcome.COUNTED)
    writer.close(LONG)
    assert counted(spool) == {Outcome.COUNTED: 2}
    assert lost_visits() == {"spool_full": 1}
