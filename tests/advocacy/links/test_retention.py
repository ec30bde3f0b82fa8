"""How long links and their counts are kept, whoever is at work on them meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select, update

from advocacy.consent.models import Purpose
from advocacy.links.models import ClickDay, ClickTotal, Link, Outcome
from advocacy.links.operations import freeze_links, link_for
from advocacy.links.queries import seen_by_linkedin, visits_of
from advocacy.links.retention import end_links, fold_days, take_people_off
from integrations.clock import clock_at
from integrations.database import transaction
from tests.advocacy.links.conftest import add_item, add_person
from tests.advocacy.links.stored_visits import count_now, rows
from tests.advocacy.links.threads import wait_for_a_lock
from tests.advocacy.links.visiting import TARGET

AT = datetime(2026, 11, 20, tzinfo=UTC)
TODAY = AT.date()
OLD, OLDER = TODAY - timedelta(days=101), TODAY - timedelta(days=130)
LAST_KEPT = TODAY - timedelta(days=100)


def made(days_ago):
    return clock_at(AT - timedelta(days=days_ago))


@pytest.fixture
def mine(session, item, person):
    with clock_at(AT):
        return link_for(session, item.id, TARGET, person.id).code


def test_old_days_become_one_total_for_each_outcome(session, mine):
    count_now(
        session,
        [
            (mine, OLD, Outcome.COUNTED, 3),
            (mine, OLDER, Outcome.COUNTED, 4),
            (mine, OLDER, Outcome.SCANNER, 9),
            (mine, LAST_KEPT, Outcome.COUNTED, 1),
        ],
    )
    assert fold_days(session, TODAY) == 1
    totals = select(ClickTotal.outcome, ClickTotal.visits)
    assert dict(session.execute(totals).all()) == {
        Outcome.COUNTED: 7,
        Outcome.SCANNER: 9,
    }
    assert session.execute(select(ClickDay.day, ClickDay.visits)).all() == [
        (LAST_KEPT, 1)
    ]


def test_what_comes_late_joins_the_total(session, mine):
    for _day in range(2):
        count_now(session, [(mine, OLD, Outcome.COUNTED, 3)])
        assert fold_days(session, TODAY) == 1
    assert fold_days(session, TODAY) == 0
    assert session.scalars(select(ClickTotal.visits)).one() == 6


def test_the_owner_sees_the_same_number_as_before(session, person, mine):
    count_now(
        session,
        [
            (mine, OLD, Outcome.COUNTED, 3),
            (mine, OLD, Outcome.LINKEDIN, 1),
            (mine, TODAY, Outcome.COUNTED, 2),
        ],
    )
    for _before_and_after in range(2):
        assert visits_of(session, person.id) == {mine: 5}
        assert seen_by_linkedin(session, person.id) == {mine}
        fold_days(session, TODAY)


def test_it_goes_in_parts(session, item, person):
    codes = [link_for(session, item.id, TARGET, person.id).code for _ in range(5)]
    count_now(session, [(code, OLD, Outcome.COUNTED, 1) for code in codes])
    parts = [fold_days(session, TODAY, most=2) for _ in range(4)]
    assert parts == [2, 2, 1, 0]


def test_a_withdrawal_forgets_totals_too(session, person, mine):
    count_now(session, [(mine, OLD, Outcome.COUNTED, 3)])
    fold_days(session, TODAY)
    freeze_links(session, person.id, Purpose.COUNT_MY_CLICKS, AT)
    assert rows(ClickTotal) == 0


def test_after_thirteen_months_a_link_leads_on_and_is_nobodys(session, item, person):
    with made(days_ago=396):
        old = link_for(session, item.id, TARGET, person.id)
    with made(days_ago=395):
        young = link_for(session, item.id, TARGET, person.id)
    both = (old.code, young.code)
    count_now(session, [(code, OLD, Outcome.COUNTED, 1) for code in both])
    fold_days(session, TODAY)
    count_now(session, [(code, TODAY, Outcome.COUNTED, 1) for code in both])

    assert take_people_off(session, AT) == 1
    assert take_people_off(session, AT) == 0
    count_now(session, [(code, TODAY, Outcome.COUNTED, 1) for code in both])

    session.refresh(old)
    assert (old.frozen, old.person_id, old.target) == (True, None, TARGET)
    assert visits_of(session, person.id) == {young.code: 3}
    assert session.scalars(select(ClickDay.code)).all() == [young.code]
    assert session.scalars(select(ClickTotal.code)).all() == [young.code]


def test_after_two_years_a_link_is_gone(session, item, person):
    with made(days_ago=731):
        gone = link_for(session, item.id, TARGET, person.id).code
    with made(days_ago=730):
        kept = link_for(session, item.id, TARGET, person.id).code
    count_now(session, [(gone, TODAY, Outcome.COUNTED, 1)])
    assert end_links(session, AT) == 1
    assert end_links(session, AT) == 0
    assert session.scalars(select(Link.code)).all() == [kept]
    assert rows(ClickDay) == 0


def test_a_common_link_ends_two_years_after_its_last_use(session, item):
    with made(days_ago=800):
        first = link_for(session, item.id, TARGET, None).code
    with made(days_ago=100):
        assert link_for(session, item.id, TARGET, None).code == first
    assert end_links(session, AT) == 0
    assert end_links(session, AT + timedelta(days=632)) == 1


def test_a_link_that_ended_shows_what_one_that_never_was_shows(
    fast_path, visitor, link
):
    assert visitor.get(f"/l/{link.code}").status_code == 302
    fast_path.cache.known.clear()
    with transaction() as session:
        ended = AT - timedelta(days=1)
        session.execute(update(Link).values(expires_at=ended))
        end_links(session, AT)
    ended, never = visitor.get(f"/l/{link.code}"), visitor.get("/l/AAAAAAAAAAA")
    assert (ended.status, list(ended.headers), ended.data) == (
        never.status,
        list(never.headers),
        never.data,
    )
    assert ended.status_code == 404


def test_a_withdrawal_while_days_are_put_together_leaves_nothing(database_url):
    person_id, _codes = _visited_links(1)

    def withdraw():
        with transaction() as session:
            freeze_links(session, person_id, Purpose.COUNT_MY_CLICKS, AT)

    thread = Thread(target=withdraw)
    with transaction() as session:
        assert fold_days(session, TODAY) == 1
        thread.start()
        wait_for_a_lock(session, thread)
    thread.join()
    assert (rows(ClickDay), rows(ClickTotal)) == (0, 0)


def test_putting_days_together_waits_for_a_withdrawal_that_was_first(database_url):
    person_id, _codes = _visited_links(1)

    def fold():
        with transaction() as session:
            fold_days(session, TODAY)

    thread = Thread(target=fold)
    with transaction() as session:
        session.execute(select(Link.code).with_for_update())
        thread.start()
        wait_for_a_lock(session, thread)
        freeze_links(session, person_id, Purpose.COUNT_MY_CLICKS, AT)
    thread.join()
    assert (rows(ClickDay), rows(ClickTotal)) == (0, 0)


def test_all_at_once_never_lock_each_other(database_url):
    person_id, codes = _visited_links(20)

    def visit():
        for _ in range(10):
            with transaction() as session:
                count_now(session, [(code, OLD, Outcome.COUNTED, 1) for code in codes])

    def fold():
        for _ in range(10):
            with transaction() as session:
                fold_days(session, TODAY)

    with ThreadPoolExecutor() as pool:
        begun = [pool.submit(work) for work in (visit, fold, visit, fold)]
        for one in begun:
            one.result()
        assert _all_visits() == 20 * 21
        begun = [pool.submit(work) for work in (visit, fold, visit, fold)]
        with transaction() as session:
            freeze_links(session, person_id, Purpose.COUNT_MY_CLICKS, AT)
        for one in begun:
            one.result()
    assert _all_visits() == 0


def _visited_links(number):
    with transaction() as session:
        item_id, person_id = add_item(session).id, add_person(session, "p@x.example").id
        codes = [
            link_for(session, item_id, TARGET, person_id).code for _ in range(number)
        ]
        count_now(session, [(code, OLD, Outcome.COUNTED, 1) for code in codes])
    return person_id, codes


def _all_visits():
    with transaction() as session:
        return sum(
            session.scalar(select(func.coalesce(func.sum(table.visits), 0)))
            for table in (ClickDay, ClickTotal)
        )
