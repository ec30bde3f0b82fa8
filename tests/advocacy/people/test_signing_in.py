"""Signing in through the page, and where it leads."""

import re

from argon2 import PasswordHasher
from sqlalchemy import create_engine

from integrations.database import open_session
from tests.advocacy.people.browsing import is_signed_in
from tests.advocacy.people.conftest import PASSWORD


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


def test_a_cheaper_hash_is_renewed_at_the_next_sign_in(session, try_sign_in, marit):
    cheap = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    marit.password_hash = cheap.hash(PASSWORD)
    session.commit()
    assert try_sign_in().status_code == 302
    session.refresh(marit)
    assert "$m=19456,t=2,p=1$" in marit.password_hash
    assert try_sign_in().status_code == 302


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
