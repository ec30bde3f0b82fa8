"""Stored visits are counted once each, however often they come and are counted."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.consent.models import Purpose
from advocacy.links import rollup
from advocacy.links.batches import CountedBatch, VisitBatch, VisitLoss
from advocacy.links.counting import count_visits
from advocacy.links.models import ClickDay
from advocacy.links.operations import freeze_links, link_for
from advocacy.links.rollup import count_batches, next_generation
from advocacy.links.spool import Spool
from tests.advocacy.links.stored_visits import by_day, line, rows, store, visits_by_code
from tests.advocacy.links.visiting import TARGET

AT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def code(session, item):
    return link_for(session, item.id, TARGET, None).code


def test_batches_become_counts_of_code_day_and_outcome(session, code):
    store(line(code, 2), line(code, 5, "bot"), line(code, 1, day="2026-11-04"))
    store(line(code, 3))
    count_visits(None)
    assert by_day(session, ClickDay, ClickDay.outcome) == [
        (date(2026, 11, 3), "bot", 5),
        (date(2026, 11, 3), "counted", 5),
        (date(2026, 11, 4), "counted", 1),
    ]
    assert rows(VisitBatch) == 0


def test_counting_again_changes_nothing(session, code):
    store(line(code))
    for _ in range(3):
        count_visits(None)
    assert visits_by_code() == {code: 1}


def test_a_batch_that_comes_again_is_counted_once(session, code):
    batch_id = uuid4()
    for _ in range(2):
        store(line(code), batch_id=batch_id)
    count_visits(None)
    store(line(code), batch_id=batch_id)
    count_visits(None)
    assert visits_by_code() == {code: 1}
    assert rows(VisitBatch) == 0


def test_a_batch_without_a_visit_is_nothing(session):
    store()
    count_visits(None)
    assert (visits_by_code(), rows(VisitBatch), rows(VisitLoss)) == ({}, 0, 0)


def test_visits_to_codes_nobody_knows_fall_out(session, code):
    store(line("AAAAAAAAAAA"), line(code))
    count_visits(None)
    assert visits_by_code() == {code: 1}


def test_visits_to_a_link_frozen_meanwhile_fall_out(session, item, person, code):
    mine = link_for(session, item.id, TARGET, person.id).code
    store(line(mine), line(code))
    freeze_links(session, person.id, Purpose.COUNT_MY_CLICKS, AT)
    count_visits(None)
    assert visits_by_code() == {code: 1}


def test_losses_are_added_up_by_day_and_reason(session, code):
    for _ in range(2):
        store(line("-", 3, "disk"), line("-", 1, "spool_full"), line(code))
    store(line("-", 1, "disk", day="2026-11-04"))
    count_visits(None)
    assert by_day(session, VisitLoss, VisitLoss.reason) == [
        (date(2026, 11, 3), "disk", 6),
        (date(2026, 11, 3), "spool_full", 2),
        (date(2026, 11, 4), "disk", 1),
    ]
    assert visits_by_code() == {code: 2}


def test_more_batches_than_fit_in_one_statement_are_all_counted(
    session, code, monkeypatch
):
    monkeypatch.setattr(rollup, "MOST_TOGETHER", 2)
    for _ in range(5):
        store(line(code))
    generation = next_generation(session)
    assert count_batches(session, generation, 2)
    assert visits_by_code() == {code: 2}
    while count_batches(session, generation, 2):
        pass
    assert visits_by_code() == {code: 5}


def test_what_waits_on_the_disk_is_counted_once(session, code, tmp_path):
    spool, batch_id = Spool(tmp_path), uuid4()
    spool.keep(batch_id, line(code, 4))
    count_visits(spool)
    spool.keep(batch_id, line(code, 4))  # killed before it forgot the file
    count_visits(spool)
    assert visits_by_code() == {code: 4}
    assert spool.count() == 0


def test_numbers_are_forgotten_long_after(session, code, monkeypatch):
    monkeypatch.setattr(rollup, "GENERATIONS", 2)
    for _ in range(5):
        store(line(code))
        count_visits(None)
    kept = session.scalars(select(CountedBatch.generation)).all()
    assert sorted(kept) == [4, 5]


def test_a_process_cut_off_for_days_may_bring_its_batch_again(session, code):
    batch_id = uuid4()
    store(line(code), batch_id=batch_id)
    count_visits(None)
    days_of_counts = CountedBatch(id=uuid4(), generation=3 * 24 * 360)
    session.add(days_of_counts)
    session.flush()
    count_visits(None)
    store(line(code), batch_id=batch_id)
    count_visits(None)
    assert visits_by_code() == {code: 1}


def test_no_number_is_forgotten_while_a_batch_waits_on_the_disk(
    session, code, monkeypatch, tmp_path
):
    monkeypatch.setattr(rollup, "GENERATIONS", 0)
    spool = Spool(tmp_path)
    spool.keep(uuid4(), line(code))
    store(line(code))
    spool.waiting = lambda: iter(())  # which cannot be read just now
    count_visits(spool)
    assert rows(CountedBatch) == 1
