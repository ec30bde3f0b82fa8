"""Sign-ins as they are stored: by a hash, as long as they may last, until they are ended."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.people.models import SignIn
from advocacy.people.operations import set_password
from advocacy.people.queries import hash_of, person_by_sign_in
from advocacy.people.roles import Role
from advocacy.people.sign_ins import (
    end_all_sign_ins,
    forget_old_sign_ins,
    start_sign_in,
)
from integrations.clock import clock_at
from tests.advocacy.people.browsing import is_signed_in

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_the_token_has_256_bits_and_only_its_hash_is_stored(session, marit):
    token = start_sign_in(session, marit, NOON)
    session.flush()
    assert len(token) >= 43
    rows = session.scalars(select(SignIn)).all()
    assert [row.token_hash for row in rows] == [hash_of(token)]
    assert token not in repr(rows)


@pytest.mark.parametrize(
    ("roles", "idle"), [([], 8 * 60), ([Role.ADMINISTRATOR.value], 60)]
)
def test_a_sign_in_ends_when_nothing_happens_for_long(session, marit, roles, idle):
    marit.role_names = roles
    token = start_sign_in(session, marit, NOON)
    session.flush()
    just_before = NOON + timedelta(minutes=idle, seconds=-1)
    assert person_by_sign_in(session, token, just_before)
    assert person_by_sign_in(session, token, NOON + timedelta(minutes=idle)) is None


def test_a_sign_in_ends_after_a_day_however_busy_it_was(session, marit):
    token = start_sign_in(session, marit, NOON)
    session.flush()
    session.get_one(SignIn, hash_of(token)).seen_at = NOON + timedelta(hours=23)
    almost = NOON + timedelta(hours=24, seconds=-1)
    assert person_by_sign_in(session, token, almost)
    assert person_by_sign_in(session, token, NOON + timedelta(hours=24)) is None


def test_being_there_is_noted_at_most_once_a_minute(
    session, try_sign_in, marit, client
):
    def seen_at() -> datetime:
        session.expire_all()
        return session.scalars(select(SignIn.seen_at)).one()

    with clock_at(NOON):
        try_sign_in()
    with clock_at(NOON + timedelta(seconds=59)):
        assert is_signed_in(client)
    assert seen_at() == NOON
    with clock_at(NOON + timedelta(seconds=60)):
        assert is_signed_in(client)
    assert seen_at() == NOON + timedelta(seconds=60)
    with clock_at(NOON + timedelta(hours=8, seconds=59)):
        assert is_signed_in(client)


def test_a_new_password_ends_every_sign_in(session, try_sign_in, marit, client):
    try_sign_in()
    set_password(session, marit, "een heel ander lang ding", "Veenstroom")
    session.commit()
    assert not is_signed_in(client)


def test_leaving_and_losing_a_role_count_in_the_next_request(
    session, try_sign_in, marit, client
):
    try_sign_in()
    marit.left_on = NOON.date()
    session.commit()
    assert not is_signed_in(client)


def test_the_clock_drops_sign_ins_that_are_over(session, marit):
    start_sign_in(session, marit, NOON)
    session.flush()
    forget_old_sign_ins(session, NOON + timedelta(hours=23))
    assert len(session.scalars(select(SignIn)).all()) == 1
    forget_old_sign_ins(session, NOON + timedelta(hours=25))
    assert session.scalars(select(SignIn)).all() == []


def test_everybody_signed_in_as_one_person_can_be_signed_out(session, marit, suze):
    start_sign_in(session, marit, NOON)
    kept = start_sign_in(session, suze, NOON)
    session.flush()
    end_all_sign_ins(session, marit.id)
    assert session.scalars(select(SignIn.token_hash)).all() == [hash_of(kept)]
