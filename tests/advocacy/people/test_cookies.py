"""The cookie of a sign-in: new each time, worthless afterwards, and never made up."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.models import Person, SignIn
from tests.advocacy.people.browsing import cookie_of, is_signed_in


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
