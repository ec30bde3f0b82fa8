"""Stored visits are counted once each, whoever is killed, late, or at it twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from random import sample
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from advocacy.consent.models import Purpose
from advocacy.links import rollup
from advocacy.links.batches import CountedBatch, VisitBatch, VisitLoss
from advocacy.links.counting import count_visits
from advocacy.links.models import ClickDay
from advocacy.links.operations import freeze_links, link_for
from advocacy.links.rollup import add_batch, count_batches, next_generation
from advocacy.links.spool import Spool
from integrations.database import open_session, transaction
from tests.advocacy.links.conftest import add_item, add_person

TARGET = "https://veenstroom.example/cable"
AT = datetime(2026, 11, 20, tzinfo=UTC)


def line(code, visits=1, outcome="counted", day="2026-11-03"):
    return f"{code} {day} {outcome} {visits}"


def store(*lines, batch_id=None):
    with transaction() as session:
        add_batch(session, batch_id or uuid4(), "\n".join(lines))


def counts():
    with transaction() as session:
        return dict(session.execute(select(ClickDay.code, ClickDay.visits)).all())


def rows(table):
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def code(session, item):
    return link_for(session, item.id, TARGET, None).code


def test_batches_become_counts_of_code_day_and_outcome(session, code):
    store(line(code, 2), line(code, 5, "bot"), line(code, 1, day="2026-11-04"))
    store(line(code, 3))
    count_visits(None)
    found = session.execute(
        select(ClickDay.day, ClickDay.outcome, ClickDay.visits).order_by(
            ClickDay.day, ClickDay.outcome
        )
    ).all()
    assert found == [
        (date(2026, 11, 3), "bot", 5),
        (date(2026, 11, 3), "counted", 5),
        (date(2026, 11, 4), "counted", 1),
    ]
    assert rows(VisitBatch) == 0


def test_counting_again_changes_nothing(session, code):
    store(line(code))
    for _ in range(3):
        count_visits(None)
    assert counts() == {code: 1}


def test_a_batch_that_comes_again_is_counted_once(session, code):
    batch_id = uuid4()
    for _ in range(2):
        store(line(code), batch_id=batch_id)
    count_visits(None)
    store(line(code), batch_id=batch_id)
    count_visits(None)
    assert counts() == {code: 1}
    assert rows(VisitBatch) == 0


def test_a_batch_without_a_visit_is_nothing(session):
    store()
    count_visits(None)
    assert (counts(), rows(VisitBatch), rows(VisitLoss)) == ({}, 0, 0)


def test_visits_to_codes_nobody_knows_fall_out(session, code):
    store(line("AAAAAAAAAAA"), line(code))
    count_visits(None)
    assert counts() == {code: 1}


def test_visits_to_a_link_frozen_meanwhile_fall_out(session, item, person, code):
    mine = link_for(session, item.id, TARGET, person.id).code
    store(line(mine), line(code))
    freeze_links(session, person.id, Purpose.COUNT_MY_CLICKS, AT)
    count_visits(None)
    assert counts() == {code: 1}


def test_losses_are_added_up_by_day_and_reason(session, code):
    for _ in range(2):
        store(line("-", 3, "disk"), line("-", 1, "spool_full"), line(code))
    store(line("-", 1, "disk", day="2026-11-04"))
    count_visits(None)
    found = session.execute(
        select(VisitLoss.day, VisitLoss.reason, VisitLoss.visits).order_by(
            VisitLoss.day, VisitLoss.reason
        )
    ).all()
    assert found == [
        (date(2026, 11, 3), "disk", 6),
        (date(2026, 11, 3), "spool_full", 2),
        (date(2026, 11, 4), "disk", 1),
    ]
    assert counts() == {code: 2}


def test_more_batches_than_fit_in_one_statement_are_all_counted(
    session, code, monkeypatch
):
    monkeypatch.setattr(rollup, "MOST_TOGETHER", 2)
    for _ in range(5):
        store(line(code))
    generation = next_generation(session)
    assert count_batches(session, generation, 2)
    assert counts() == {code: 2}
    while count_batches(session, generation, 2):
        pass
    assert counts() == {code: 5}


def test_what_waits_on_the_disk_is_counted_once(session, code, tmp_path):
    spool, batch_id = Spool(tmp_path), uuid4()
    spool.keep(batch_id, line(code, 4))
    count_visits(spool)
    spool.keep(batch_id, line(code, 4))  # killed before it forgot the file
    count_visits(spool)
    assert counts() == {code: 4}
    assert spool.count() == 0


def test_numbers_are_forgotten_long_after(session, code, monkeypatch):
    monkeypatch.setattr(rollup, "GENERATIONS", 2)
    for _ in range(5):
        store(line(code))
        count_visits(None)
    kept = session.scalars(select(CountedBatch.generation)).all()
    assert sorted(kept) == [4, 5]


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


class TestWithOthersAtIt:
    """Really committed, in several connections."""

    @pytest.fixture(autouse=True)
    def _database(self, database_url):
        """One of its own."""

    @pytest.fixture
    def code(self):
        with transaction() as session:
            return link_for(session, add_item(session).id, TARGET, None).code

    def test_who_is_killed_before_the_end_has_counted_nothing(self, code):
        store(line(code))
        with pytest.raises(OperationalError):
            count_and_be_killed()
        assert (counts(), rows(VisitBatch), rows(CountedBatch)) == ({}, 1, 0)
        count_visits(None)
        assert counts() == {code: 1}

    def test_a_batch_that_is_committed_late_is_counted_next_time(self, code):
        with open_session() as late:
            add_batch(late, uuid4(), line(code))
            store(line(code))
            count_visits(None)
            assert counts() == {code: 1}
            late.commit()
        count_visits(None)
        assert counts() == {code: 2}

    def test_two_at_once_share_the_batches(self, code):
        for _ in range(40):
            store(line(code))

        def count():
            more = True
            while more:
                with transaction() as session:
                    more = count_batches(session, 1, 3)

        with ThreadPoolExecutor() as pool:
            for one in [pool.submit(count) for _ in range(4)]:
                one.result()
        count_visits(None)
        assert counts() == {code: 40}

    def test_a_batch_that_comes_again_while_it_is_counted_counts_once(self, code):
        batch_id = uuid4()
        store(line(code), batch_id=batch_id)
        again = Thread(target=store, args=(line(code),), kwargs={"batch_id": batch_id})
        with transaction() as session:
            count_batches(session, 1)
            again.start()
            wait_for_a_lock(session, again)
        again.join()
        assert rows(VisitBatch) == 1
        count_visits(None)
        assert counts() == {code: 1}

    def test_counting_under_way_leaves_nothing_behind_after_a_withdrawal(self):
        person_id, (code,) = somebodys_links(1)
        store(line(code))
        withdrawing = Thread(target=withdraw, args=(person_id,))
        with transaction() as session:
            count_batches(session, 1)
            withdrawing.start()
            wait_for_a_lock(session, withdrawing)
        withdrawing.join()
        assert counts() == {}

    def test_a_withdrawal_under_way_lets_nothing_be_counted(self):
        person_id, (code,) = somebodys_links(1)
        store(line(code))
        counting = Thread(target=count_visits, args=(None,))
        with transaction() as session:
            freeze_links(session, person_id, Purpose.COUNT_MY_CLICKS, AT)
            counting.start()
            wait_for_a_lock(session, counting)
        counting.join()
        assert (counts(), rows(VisitBatch)) == ({}, 0)

    def test_withdrawals_and_counting_in_any_order_never_lock_each_other(self):
        person_id, codes = somebodys_links(20)

        def visit_and_count():
            for _ in range(10):
                store(*(line(code) for code in sample(codes, len(codes))))
                count_visits(None)

        with ThreadPoolExecutor() as pool:
            counting = [pool.submit(visit_and_count) for _ in range(4)]
            withdraw(person_id)
            for one in counting:
                one.result()
        assert counts() == {}


def somebodys_links(number):
    with transaction() as session:
        item_id, person = add_item(session).id, add_person(session, "p@x.example")
        links = [link_for(session, item_id, TARGET, person.id) for _ in range(number)]
        return person.id, [link.code for link in links]


def count_and_be_killed():
    with transaction() as session:
        count_batches(session, 1)
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def withdraw(person_id):
    with transaction() as session:
        freeze_links(session, person_id, Purpose.COUNT_MY_CLICKS, AT)


def wait_for_a_lock(session, thread):
    """Until the thread waits for the session's transaction, or has ended."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while thread.is_alive() and not session.scalar(waiting):
        time.sleep(0.01)
