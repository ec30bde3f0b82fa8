"""What does not sign in: the answer tells nothing of who is known, and guessing has to
wait.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from integrations.clock import clock_at
from tests.advocacy.people.browsing import is_signed_in

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def bare(page: str) -> str:
    """A page without what is new each time anyway."""
    return re.sub(r'(csrf_token" value|nonce)="[^"]+"', "", page)


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
