"""Signing in and out through the pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from advocacy.people.models import Person, SignIn
from advocacy.people.operations import (
    end_all_sign_ins,
    forget_old_sign_ins,
    set_password,
    start_sign_in,
)
from advocacy.people.queries import hash_of, person_by_sign_in
from advocacy.people.roles import Role
from integrations.clock import clock_at
from integrations.database import open_session

PASSWORD = "vier natte klei laarzen"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/consent").status_code == 200


def bare(page: str) -> str:
    """A page without what is new each time anyway."""
    return re.sub(r'(csrf_token" value|nonce)="[^"]+"', "", page)


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("session")
    assert cookie
    return cookie.value


def test_the_right_password_signs_in_and_goes_to_the_library(
    try_sign_in, marit, client
):
    answer = try_sign_in()
    assert (answer.status_code, answer.location) == (302, "/")
    assert is_signed_in(client)


def test_capitals_and_spaces_around_the_address_do_not_matter(
    try_sign_in, marit, client
):
    try_sign_in(email="  Marit@Veenstroom.TEST ")
    assert is_signed_in(client)


def test_after_signing_in_one_comes_back_to_the_page_one_asked_for(
    try_sign_in, marit, client
):
    door = client.get("/consent?come_back_to=/shares")
    assert door.location == "/sign-in?next=/consent?come_back_to%3D/shares"
    page = client.get(door.location).text
    onward = re.search(r'name="next" value="([^"]+)"', page)
    assert onward
    assert try_sign_in(next=onward[1]).location == "/consent?come_back_to=/shares"


def test_signing_in_never_leads_to_another_host(try_sign_in, marit):
    assert try_sign_in(next="https://evil.example/").location == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("marit@veenstroom.test", "not her password"),
        ("nobody@veenstroom.test", "not her password"),
        ("", ""),
        ("marit@veenstroom.test", ""),
        ("nul\x00@veenstroom.test", "nul\x00byte"),
        ("é🐑" * 200, "x" * 100_000),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(try_sign_in, marit, email, password):
    answer = try_sign_in(email=email, password=password)
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_the_page_of_a_refusal_differs_in_the_typed_address_alone(try_sign_in, marit):
    known = bare(try_sign_in(password="wrong").text)
    answer = try_sign_in(email="sanne@veenstroom.test", password="wrong")
    unknown = bare(answer.text)
    assert known.replace("marit@", "X@") == unknown.replace("sanne@", "X@")


def test_the_typed_address_is_kept_and_the_password_is_not(try_sign_in, marit):
    page = try_sign_in(password="a-typo-of-hers").text
    assert 'value="marit@veenstroom.test"' in page
    assert "a-typo-of-hers" not in page


def test_for_unknown_people_a_hash_is_computed_all_the_same(
    try_sign_in, marit, monkeypatch
):
    """A hash that cannot be checked shows that it was going to be."""
    monkeypatch.setattr("advocacy.people.passwords.NOBODY", "no hash at all")
    assert try_sign_in(password="wrong").status_code == 422
    assert try_sign_in(email="no@one.test", password="wrong").status_code == 500


def test_somebody_who_left_cannot_sign_in_and_learns_nothing(
    session, try_sign_in, marit
):
    marit.left_on = NOON.date()
    session.commit()
    assert "do not belong together" in try_sign_in().text


def test_somebody_without_a_password_cannot_sign_in(session, try_sign_in, marit):
    marit.password_hash = None
    session.commit()
    assert try_sign_in(password="").status_code == 422


def test_many_wrong_tries_have_to_wait_and_the_right_one_works_afterwards(
    try_sign_in, marit, client
):
    with clock_at(NOON):
        answers = [try_sign_in(password="wrong") for _try in range(8)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 3
    assert answers[-1].headers["Retry-After"] == "1"
    assert "Try again in one second." in answers[-1].text
    assert 'value="marit@veenstroom.test"' in answers[-1].text
    with clock_at(NOON):
        assert try_sign_in().status_code == 429
    with clock_at(NOON + timedelta(seconds=1)):
        assert try_sign_in().status_code == 302
        assert is_signed_in(client)


def test_the_wait_reads_the_same_for_people_who_do_not_exist(try_sign_in, marit):
    with clock_at(NOON):
        known = [try_sign_in(password="wrong") for _try in range(6)][-1]
        unknown = [
            try_sign_in(email="ghost@veenstroom.test", password="wrong")
            for _try in range(6)
        ][-1]
    assert known.status_code == unknown.status_code == 429
    known, unknown = bare(known.text), bare(unknown.text)
    assert known.replace("marit@", "X@") == unknown.replace("ghost@", "X@")


def test_a_guesser_at_another_address_does_not_lock_the_owner_out(
    try_sign_in, marit, client
):
    with clock_at(NOON):
        for _guess in range(200):
            try_sign_in(password="guess", address="203.0.113.9")
        assert try_sign_in(address="192.0.2.1").status_code == 302


def test_signing_in_starts_a_new_session_and_ends_the_one_before(
    session, try_sign_in, marit, client, app
):
    try_sign_in()
    first = cookie_of(client)
    try_sign_in()
    assert cookie_of(client) != first
    assert is_signed_in(client)
    thief = app.test_client()
    thief.set_cookie("session", first)
    assert not is_signed_in(thief)
    assert len(session.scalars(select(SignIn)).all()) == 1


def test_what_stood_in_an_anonymous_session_does_not_come_along(
    try_sign_in, marit, client
):
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["language"] = "nl"
    try_sign_in()
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["language"] == "nl"


def test_a_cookie_copied_before_signing_out_is_worthless_afterwards(
    try_sign_in, marit, client, app
):
    try_sign_in()
    copied = cookie_of(client)
    answer = client.post("/sign-out")
    assert answer.location == "/sign-in"
    assert not is_signed_in(client)
    thief = app.test_client()
    thief.set_cookie("session", copied)
    assert not is_signed_in(thief)


def test_signing_out_when_nobody_is_signed_in_is_harmless(client):
    assert client.post("/sign-out").status_code == 302


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


def test_a_cheaper_hash_is_renewed_at_the_next_sign_in(session, try_sign_in, marit):
    cheap = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    marit.password_hash = cheap.hash(PASSWORD)
    session.commit()
    assert try_sign_in().status_code == 302
    session.refresh(marit)
    assert "$m=19456,t=2,p=1$" in marit.password_hash
    assert try_sign_in().status_code == 302


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


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_from_elsewhere(
    try_sign_in, marit
):
    cookie = try_sign_in().headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_made_up_cookie_is_nobody(
    client, app: Flask, marit: Person, session: Session
):
    client.set_cookie("session", "eyJfdXNlcl9pZCI6IjEifQ.made.up")
    assert not is_signed_in(client)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(marit.id)
    assert not is_signed_in(client)


def test_when_the_database_is_away_the_page_says_so_and_does_not_ask_it_again(
    try_sign_in, marit, client, connection
):
    try_sign_in()
    nowhere = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    open_session.configure(bind=nowhere)
    for address in ("/consent", "/sign-in", "/no-such-page"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
    open_session.configure(bind=connection)
    nowhere.dispose()
    assert is_signed_in(client)
