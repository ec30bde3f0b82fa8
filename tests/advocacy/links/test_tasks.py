"""What the clock asks for counts what there is, wherever it is."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.links import tasks
from advocacy.links.models import ClickDay
from advocacy.links.operations import link_for
from advocacy.links.rollup import add_batch
from advocacy.links.spool import Spool


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    tasks.open_spool(spool)
    yield spool
    tasks._Here.spool = None  # noqa: SLF001


def test_visits_of_the_database_and_the_disk_are_counted(session, item, spool):
    code = link_for(session, item.id, "https://a.example/", None).code
    add_batch(session, uuid4(), f"{code} 2026-11-03 counted 2")
    spool.keep(uuid4(), f"{code} 2026-11-03 counted 3")
    tasks.count()
    assert session.scalars(select(ClickDay.visits)).one() == 5
    assert spool.count() == 0
