"""The chain shows any change to what was answered."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from advocacy.consent.chain import BEGINNING, verify_chain
from advocacy.consent.models import ConsentEvent, Purpose
from advocacy.consent.operations import give, withdraw

NOON = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
P1 = Purpose.POST_FOR_ME


@pytest.fixture
def three_answers(session, ivo, marit) -> list[ConsentEvent]:
    give(session, ivo, P1, "nl", "pressed", NOON)
    give(session, marit, P1, "en", "pressed", NOON + timedelta(minutes=1))
    withdraw(session, ivo, P1, "nl", "pressed", NOON + timedelta(minutes=2), [])
    session.flush()
    return list(session.scalars(select(ConsentEvent).order_by(ConsentEvent.id)))


def tamper(session, change: str) -> None:
    """What somebody with the rights of the database's owner could do."""
    session.execute(text("ALTER TABLE consent_event DISABLE TRIGGER only_add"))
    session.execute(text(change))
    session.expire_all()


def test_an_empty_chain_is_whole(session):
    report = verify_chain(session)
    assert (report.count, report.head, report.whole) == (0, BEGINNING, True)


def test_each_answer_names_the_seal_before_it(session, three_answers):
    first, second, third = three_answers
    assert first.previous_hash == BEGINNING
    assert second.previous_hash == first.own_hash
    assert third.previous_hash == second.own_hash
    report = verify_chain(session)
    assert (report.count, report.head, report.whole) == (3, third.own_hash, True)


@pytest.mark.parametrize(
    "change",
    [
        "answer = 'given'",
        "at = at + interval '1 microsecond'",
        "purpose = 'P3'",
        "text_version = text_version + 1",
        "text_sha256 = repeat('0', 64)",
        "language = 'en'",
        "method = 'silence'",
        "subject_id = gen_random_uuid()",
        "record_id = gen_random_uuid()",
        "schema_version = 2",
        "own_hash = repeat('f', 64)",
    ],
)
def test_every_change_to_an_answer_is_found(session, three_answers, change):
    third = three_answers[2]
    tamper(session, f"UPDATE consent_event SET {change} WHERE id = {third.id}")  # noqa: S608
    report = verify_chain(session)
    assert not report.whole
    assert report.count == 2
    session.expire_all()
    assert report.broken_at == session.get_one(ConsentEvent, third.id).record_id


def test_an_answer_taken_out_of_the_middle_is_missed(session, three_answers):
    session.execute(text("DELETE FROM consent"))
    tamper(session, f"DELETE FROM consent_event WHERE id = {three_answers[1].id}")  # noqa: S608
    assert verify_chain(session).broken_at == three_answers[2].record_id


def test_a_cut_off_end_shows_by_the_head_that_was_written_down(session, three_answers):
    before = verify_chain(session)
    session.execute(text("DELETE FROM consent"))
    last = "(SELECT max(id) FROM consent_event)"
    tamper(session, f"DELETE FROM consent_event WHERE id = {last}")  # noqa: S608
    after = verify_chain(session)
    assert after.whole
    assert after.head != before.head
