"""Turning on and off: one event, one state, one cascade, all in one transaction."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from advocacy.consent import purposes
from advocacy.consent.chain import BEGINNING, verify_chain
from advocacy.consent.models import (
    Answer,
    Consent,
    ConsentEvent,
    ConsentText,
    Purpose,
)
from advocacy.consent.operations import (
    ensure_texts,
    give,
    turn_everything_off,
)
from advocacy.consent.queries import (
    epoch_held,
    events_of,
    is_on,
    on_since,
    purposes_on,
    states_of,
    stays_on,
)
from advocacy.consent.recording import TextChanged
from advocacy.people.models import Person
from advocacy.people.operations import add_person
from integrations.database import transaction
from tests.advocacy.consent.answering import NOON, P1, P3, Steps, turn_off, turn_on

HOUR = timedelta(hours=1)


def test_at_first_everything_is_off_and_no_row_exists(session, ivo):
    assert purposes_on(session, ivo.id) == frozenset()
    assert states_of(session, ivo.id) == {}
    assert events_of(session, ivo) == []
    assert {epoch_held(session, ivo.id, purpose) for purpose in Purpose} == {None}


def test_turning_on_is_recorded_with_the_exact_words(session, ivo):
    event = give(session, ivo, P1, "nl", "pressed Turn on", NOON)
    assert event
    assert event.answer is Answer.GIVEN
    assert event.at == NOON
    assert (event.subject_id, event.method) == (ivo.subject_id, "pressed Turn on")
    text_ = session.scalars(select(ConsentText)).one()
    assert text_.text == purposes.POST_FOR_ME.text("nl")
    assert event.text_sha256 == text_.sha256 == purposes.POST_FOR_ME.sha256("nl")
    assert is_on(session, ivo.id, P1)
    assert on_since(session, ivo.id, P1) == NOON
    assert purposes_on(session, ivo.id) == {P1}


def test_one_purpose_does_not_turn_on_another(session, ivo, marit):
    turn_on(session, ivo, P3)
    assert purposes_on(session, ivo.id) == {P3}
    assert purposes_on(session, marit.id) == frozenset()


def test_turning_on_twice_is_one_answer(session, ivo):
    assert turn_on(session, ivo)
    assert turn_on(session, ivo, at=NOON + HOUR) is None
    assert len(events_of(session, ivo)) == 1
    assert epoch_held(session, ivo.id, P1) == 1
    assert on_since(session, ivo.id, P1) == NOON


def test_turning_off_what_is_off_is_no_answer_and_starts_nothing(session, ivo):
    steps = Steps()
    assert turn_off(session, ivo, cascade=[steps]) is None
    assert (events_of(session, ivo), steps.asked) == ([], [])


def test_each_answer_raises_the_epoch_so_that_older_ones_can_be_told(session, ivo):
    epochs = []
    for hour in range(4):
        change = turn_off if hour % 2 else turn_on
        change(session, ivo, at=NOON + hour * HOUR)
        epochs.append(epoch_held(session, ivo.id, P1))
    assert epochs == [1, None, 3, None]


def test_turning_off_runs_each_step_in_order_once_the_purpose_is_off(session, ivo):
    first, second = Steps(), Steps()
    turn_on(session, ivo)
    turn_off(session, ivo, at=NOON + HOUR, cascade=[first, second])
    assert first.asked == second.asked == [(ivo.id, P1, NOON + HOUR)]
    assert not is_on(session, ivo.id, P1)
    assert on_since(session, ivo.id, P1) is None


def test_when_a_step_fails_nothing_was_turned_off(session, ivo):
    turn_on(session, ivo)
    session.commit()

    def broken(*_args: object) -> None:
        raise RuntimeError("this step broke")

    with pytest.raises(RuntimeError), transaction() as inner:
        turn_off(inner, inner.get_one(Person, ivo.id), cascade=[broken])
    session.expire_all()
    assert is_on(session, ivo.id, P1)
    assert len(events_of(session, ivo)) == 1
    assert verify_chain(session).count == 1


def test_one_press_turns_everything_off_that_is_on(session, ivo):
    steps = Steps()
    turn_on(session, ivo, P3)
    turn_on(session, ivo, P1)
    off = turn_everything_off(session, ivo, "en", "pressed", NOON, [steps])
    assert off == [P1, P3]
    assert [purpose for _person, purpose, _at in steps.asked] == [P1, P3]
    assert purposes_on(session, ivo.id) == frozenset()


def test_stays_on_says_what_is_on(session, ivo):
    assert not stays_on(session, ivo.id, P1)
    turn_on(session, ivo)
    assert stays_on(session, ivo.id, P1)
    turn_off(session, ivo)
    assert not stays_on(session, ivo.id, P1)


def test_another_text_under_an_old_version_is_noticed(session, ivo, monkeypatch):
    ensure_texts(session)
    assert len(session.scalars(select(ConsentText)).all()) == 12
    ensure_texts(session)
    assert len(session.scalars(select(ConsentText)).all()) == 12
    session.execute(
        update(ConsentText).where(ConsentText.purpose == P1).values(sha256="0" * 64)
    )
    with pytest.raises(TextChanged):
        turn_on(session, ivo)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE consent_event SET answer = 'withdrawn'",
        "UPDATE consent_event SET at = now()",
        "DELETE FROM consent_event",
        "TRUNCATE consent_event CASCADE",
    ],
)
def test_the_database_refuses_to_change_or_drop_an_answer(session, ivo, change):
    turn_on(session, ivo)
    session.flush()
    with pytest.raises(DBAPIError, match="only ever added"):
        session.execute(text(change))


def test_answers_at_the_same_moment_follow_one_another_in_one_chain(database_url):
    with transaction() as session:
        people = [
            add_person(session, name=f"Person {n}", email=f"{n}@veenstroom.test").id
            for n in range(30)
        ]

    def answer(person_id: int) -> None:
        with transaction() as session:
            turn_on(session, session.get_one(Person, person_id))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(answer, people))
    with transaction() as session:
        report = verify_chain(session)
        previous = set(session.scalars(select(ConsentEvent.previous_hash)))
    assert (report.count, report.whole) == (30, True)
    assert len(previous) == 30
    assert BEGINNING in previous


def test_ten_presses_at_once_are_one_answer(database_url):
    with transaction() as session:
        ivo = add_person(session, name="Ivo", email="ivo@veenstroom.test")

    def press(_n: int) -> bool:
        with transaction() as session:
            return turn_on(session, session.get_one(Person, ivo.id)) is not None

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(press, range(10))) == 1
    with transaction() as session:
        assert session.scalars(select(Consent.epoch)).all() == [1]
