"""Guessing gets slower and slower; the right person always gets in after a wait."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.guessing import (
    ADDRESS,
    ANYWHERE,
    HERE,
    begin_try,
    forget_old_tries,
    guesser,
    take_back_try,
)
from advocacy.people.models import FailedSignIn
from integrations.database import transaction

SECRET = "a-secret-key-for-tests-only-of-length-40"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MARIT = guesser(SECRET, "marit@veenstroom.test", "192.0.2.1")
MARIT_ELSEWHERE = guesser(SECRET, "marit@veenstroom.test", "198.51.100.7")
IVO_SAME_OFFICE = guesser(SECRET, "ivo@veenstroom.test", "192.0.2.1")
SECOND = timedelta(seconds=1)
NO_WAIT = timedelta(0)


def test_the_first_tries_are_free_and_then_the_wait_doubles_to_its_limit() -> None:
    waits = [HERE.wait_after(n).total_seconds() for n in range(25)]
    assert waits[:5] == [0, 0, 0, 0, 0]
    assert waits[5:9] == [1, 2, 4, 8]
    assert max(waits) == 900


def test_two_hundred_guesses_in_two_hundred_seconds_check_a_handful_of_passwords(
    session: Session,
) -> None:
    checked = sum(
        begin_try(session, MARIT, NOON + n * SECOND) == NO_WAIT for n in range(200)
    )
    assert checked <= 13


def test_after_the_wait_the_right_person_may_try_again(session: Session) -> None:
    for n in range(200):
        begin_try(session, MARIT, NOON + n * SECOND)
    moment = NOON + 200 * SECOND
    wait = begin_try(session, MARIT, moment)
    assert NO_WAIT < wait <= HERE.longest
    assert begin_try(session, MARIT, moment + wait) == NO_WAIT


def test_trying_again_too_early_does_not_make_the_wait_longer(session: Session) -> None:
    for n in range(20):
        begin_try(session, MARIT, NOON + n * timedelta(microseconds=1))
    first = begin_try(session, MARIT, NOON + SECOND / 2)
    for _again in range(50):
        assert begin_try(session, MARIT, NOON + SECOND / 2) == first


def test_a_guesser_elsewhere_does_not_keep_the_owner_out(session: Session) -> None:
    for n in range(200):
        begin_try(session, MARIT_ELSEWHERE, NOON + n * SECOND)
    assert begin_try(session, MARIT, NOON + 201 * SECOND) == NO_WAIT


def test_guessers_on_many_machines_are_slowed_down_for_one_name(
    session: Session,
) -> None:
    checked = 0
    for n in range(300):
        machine = guesser(SECRET, "marit@veenstroom.test", f"198.51.{n // 250}.{n}")
        checked += begin_try(session, machine, NOON) == NO_WAIT
    assert checked == ANYWHERE.free
    later = NOON + ANYWHERE.longest
    assert begin_try(session, MARIT, later) == NO_WAIT


def test_one_machine_is_slowed_down_for_all_names_together(session: Session) -> None:
    checked = sum(
        begin_try(session, guesser(SECRET, f"{n}@x.test", "192.0.2.1"), NOON) == NO_WAIT
        for n in range(100)
    )
    assert checked == ADDRESS.free


def test_signing_in_gives_the_shared_address_its_try_back(session: Session) -> None:
    for _person in range(100):
        assert begin_try(session, IVO_SAME_OFFICE, NOON) == NO_WAIT
        take_back_try(session, IVO_SAME_OFFICE)
    rows = session.scalars(select(FailedSignIn)).all()
    assert [row.count for row in rows] == [0]


def test_failures_are_forgotten_one_by_one_as_time_passes(session: Session) -> None:
    for _try in range(HERE.free):
        begin_try(session, MARIT, NOON)
    much_later = NOON + HERE.forgets_one_each * HERE.free
    for _try in range(HERE.free):
        assert begin_try(session, MARIT, much_later) == NO_WAIT


def test_neither_name_nor_address_is_stored(session: Session) -> None:
    begin_try(session, MARIT, NOON)
    stored = " ".join(session.scalars(select(FailedSignIn.subject_hash)))
    assert "marit" not in stored
    assert "192.0.2" not in stored
    assert guesser("another key", "marit@veenstroom.test", "192.0.2.1") != MARIT


def test_old_counts_are_dropped_by_the_clock(session: Session) -> None:
    begin_try(session, MARIT, NOON)
    forget_old_tries(session, NOON + timedelta(hours=23))
    assert len(session.scalars(select(FailedSignIn)).all()) == 3
    forget_old_tries(session, NOON + timedelta(hours=25))
    assert session.scalars(select(FailedSignIn)).all() == []


def test_fifty_guesses_at_the_same_moment_do_not_pass_together(
    database_url: str,
) -> None:
    def guess(_n: int) -> bool:
        with transaction() as session:
            return begin_try(session, MARIT, NOON) == NO_WAIT

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(guess, range(50))) == HERE.free
