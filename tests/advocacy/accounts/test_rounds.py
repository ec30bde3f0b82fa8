"""Whose round it is: good once, for ten minutes, in the sign-in that began it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from advocacy.accounts.models import ConnectingRound
from advocacy.accounts.queries import account_of
from integrations.clock import clock_at, now
from tests.advocacy.accounts.stored import rows, token_states
from tests.advocacy.signing_in import signed_in


def test_a_state_that_was_never_given_is_refused(session, ivo):
    for query in ("", "code=x", "code=x&state=", "code=x&state=made-up"):
        answer = ivo.client.get(f"/accounts/linkedin/back?{query}")
        assert answer.location == "/accounts"
        assert "This connection was not started here" in ivo.words()
    assert rows(session) == (0, 0)


def test_a_state_is_good_once(session, ivo, sandbox):
    there = ivo.leave_for_linkedin()
    first = sandbox.walk_consent(there, "Ivo Terpstra")
    second = sandbox.walk_consent(there, "Somebody Else")
    assert ivo.client.get(first).location.endswith("/confirm")
    assert ivo.client.get(second).location == "/accounts"
    assert "This connection was not started here" in ivo.words()
    page = ivo.client.get("/accounts/linkedin/confirm").text
    assert "Somebody Else" not in page


def test_a_state_is_used_up_by_a_no_too(ivo, sandbox):
    there = ivo.leave_for_linkedin()
    state = parse_qs(urlsplit(there).query)["state"][0]
    no = f"/accounts/linkedin/back?error=user_cancelled_login&state={state}"
    ivo.client.get(no)
    yes = sandbox.walk_consent(there, "Ivo Terpstra")
    assert ivo.client.get(yes).location == "/accounts"


def test_a_state_is_good_for_ten_minutes(session, ivo, sandbox):
    there = ivo.leave_for_linkedin()
    address = sandbox.walk_consent(there, "Ivo Terpstra")
    with clock_at(now() + timedelta(minutes=10, seconds=1)):
        assert ivo.client.get(address).location == "/accounts"
        assert "longer than ten minutes" in ivo.words()
    assert rows(session)[0] == 0


def test_the_second_question_stands_for_ten_minutes(session, ivo):
    ivo.come_back()
    with clock_at(now() + timedelta(minutes=10, seconds=1)):
        assert ivo.client.get("/accounts/linkedin/confirm").location == "/accounts"
        assert ivo.confirm().location == "/accounts"
    assert rows(session)[0] == 0


def test_an_attackers_answer_opened_by_a_victim_stores_nothing(
    session, ivo, marit, sandbox
):
    """The attacker starts a round, says yes at LinkedIn, and has the victim open the
    end.
    """
    theirs = sandbox.walk_consent(ivo.leave_for_linkedin(), "Mallory")
    assert marit.client.get(theirs).location == "/accounts"
    assert "This connection was not started here" in marit.words()
    assert marit.client.get("/accounts/linkedin/confirm").location == "/accounts"
    assert marit.confirm().location == "/accounts"
    assert account_of(session, marit.person.id, "linkedin") is None
    # The code was not even traded, and the attacker's own round is still open.
    assert token_states(sandbox) == []


def test_an_answer_in_another_sign_in_of_the_same_person_is_refused(
    session, ivo, sandbox, app
):
    address = sandbox.walk_consent(ivo.leave_for_linkedin(), "Ivo Terpstra")
    other = signed_in(app.test_client(), session, ivo.person)
    assert other.get(address).location == "/accounts"
    assert rows(session)[0] == 0


def test_nobody_can_say_yes_for_somebody_else(session, ivo, marit):
    ivo.come_back()
    waiting = session.scalars(select(ConnectingRound)).one()
    data = {"round": waiting.state_hash}
    marit.client.post("/accounts/linkedin/confirm", data=data)
    marit.client.post("/accounts/linkedin/drop", data=data)
    assert rows(session) == (0, 1)


def test_a_stranger_who_opens_the_end_of_a_round_signs_in_without_the_code(
    client, ivo, sandbox
):
    address = sandbox.walk_consent(ivo.leave_for_linkedin(), "Ivo Terpstra")
    answer = client.get(address)
    assert answer.location == "/sign-in"


def test_a_stranger_signs_in_first(client):
    for address in ("connect", "confirm", "drop", "disconnect"):
        answer = client.post(f"/accounts/linkedin/{address}")
        assert answer.location.startswith("/sign-in")
    assert client.get("/accounts").location.startswith("/sign-in")
