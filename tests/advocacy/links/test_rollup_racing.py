"""Stored visits are counted once each, whoever is killed, late, or at it twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import sample
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from advocacy.consent.models import Purpose
from advocacy.links.batches import CountedBatch, VisitBatch
from advocacy.links.counting import count_visits
from advocacy.links.operations import freeze_links, link_for
from advocacy.links.rollup import add_batch, count_batches
from integrations.database import open_session, transaction
from tests.advocacy.links.conftest import add_item, add_person
from tests.advocacy.links.stored_visits import line, rows, store, visits_by_code
from tests.advocacy.links.threads import wait_for_a_lock
from tests.advocacy.links.visiting import TARGET

AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_who_is_killed_before_the_end_has_counted_nothing(code):
    store(line(code))
    with pytest.raises(OperationalError):
        count_and_be_killed()
    assert (visits_by_code(), rows(VisitBatch), rows(CountedBatch)) == ({}, 1, 0)
    count_visits(None)
    assert visits_by_code() == {code: 1}


def test_a_batch_that_is_committed_late_is_counted_next_time(code):
    with open_session() as late:
        add_batch(late, uuid4(), line(code))
        store(line(code))
        count_visits(None)
        assert visits_by_code() == {code: 1}
        late.commit()
    count_visits(None)
    assert visits_by_code() == {code: 2}


def test_two_at_once_share_the_batches(code):
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
    assert visits_by_code() == {code: 40}


def test_a_batch_that_comes_again_while_it_is_counted_counts_once(code):
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
    assert visits_by_code() == {code: 1}


def test_counting_under_way_leaves_nothing_behind_after_a_withdrawal(database_url):
    person_id, (code,) = somebodys_links(1)
    store(line(code))
    withdrawing = Thread(target=withdraw, args=(person_id,))
    with transaction() as session:
        count_batches(session, 1)
        withdrawing.start()
        wait_for_a_lock(session, withdrawing)
    withdrawing.join()
    assert visits_by_code() == {}


def test_a_withdrawal_under_way_lets_nothing_be_counted(database_url):
    person_id, (code,) = somebodys_links(1)
    store(line(code))
    counting = Thread(target=count_visits, args=(None,))
    with transaction() as session:
        freeze_links(session, person_id, Purpose.COUNT_MY_CLICKS, AT)
        counting.start()
        wait_for_a_lock(session, counting)
    counting.join()
    assert (visits_by_code(), rows(VisitBatch)) == ({}, 0)


def test_withdrawals_and_counting_in_any_order_never_lock_each_other(database_url):
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
    assert visits_by_code() == {}


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
