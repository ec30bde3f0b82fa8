"""Connecting LinkedIn, over HTTP with the pretend network: the round and all its ways
to fail.
"""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import func, select

from advocacy.accounts.models import Account, ConnectingRound
from advocacy.accounts.queries import account_of, usable_account
from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.people.operations import start_sign_in
from integrations.clock import clock_at, now

NOTHING = "Nothing was connected"


def rows(session) -> tuple[int, int]:
    """How many accounts and open rounds there are."""
    session.expire_all()
    count = select(func.count())
    return (
        session.scalar(count.select_from(Account)),
        session.scalar(count.select_from(ConnectingRound)),
    )


def tokens(sandbox) -> dict[str, str]:
    return {token.value: token.status for token in sandbox.memory.tokens.values()}


def test_the_round_ends_with_an_account_after_both_names_were_shown(session, ivo):
    answer = ivo.come_back()
    assert answer.location == "/accounts/linkedin/confirm"
    assert rows(session) == (0, 1)
    page = ivo.client.get(answer.location).text
    assert "<h1>Connect these two accounts?</h1>" in page
    assert "Ivo Terpstra, ivo@veenstroom.test" in page
    assert re.search(r"On LinkedIn</dt><dd>Ivo Terpstra<", page)
    assert ivo.confirm().location == "/accounts"
    assert rows(session) == (1, 0)
    account = account_of(session, ivo.person.id, "linkedin")
    assert account.member_name == "Ivo Terpstra"
    assert account.scopes == ["openid", "profile", "w_member_social"]
    days = (account.expires_at - now()).total_seconds() / 86400
    assert 59.9 < days <= 60
    assert "Connected to Ivo Terpstra on LinkedIn." in ivo.words()


def test_it_asks_for_what_the_purposes_need_and_no_more(session, ivo, sandbox):
    for code in ("p2", "p3", "p4", "p5", "author"):
        ivo.client.post(f"/consent/{code}", data={"answer": "on"})
    query = parse_qs(urlsplit(ivo.leave_for_linkedin()).query)
    assert query["scope"] == ["openid profile w_member_social"]
    assert query["redirect_uri"] == ["http://localhost/accounts/linkedin/back"]
    assert query["response_type"] == ["code"]
    assert "code_challenge" not in query


def test_the_secret_is_long_new_each_time_and_stored_as_a_hash(session, ivo):
    states = {
        parse_qs(urlsplit(ivo.leave_for_linkedin()).query)["state"][0]
        for _press in range(3)
    }
    assert len(states) == 3
    assert all(len(state) >= 43 for state in states)
    stored = set(session.scalars(select(ConnectingRound.state_hash)))
    assert len(stored) == 3
    assert not stored & states


def test_without_the_purpose_linkedin_is_asked_nothing(session, ivo):
    ivo.client.post("/consent/p1", data={"answer": "off"})
    ivo.client.post("/consent/p3", data={"answer": "on"})
    there = ivo.leave_for_linkedin(come_back_to="/items/7")
    assert there == "/consent?come_back_to=/items/7#p1"
    assert "Turn on “Post for me” first" in ivo.client.get("/consent").text
    assert rows(session) == (0, 0)


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_where_linkedin_sends_the_browser_back_comes_from_the_settings(ivo, header):
    cookie = ivo.client.get_cookie("session")
    ivo.client.set_cookie("session", cookie.value, domain="evil.example")
    headers = {header: "evil.example"}
    answer = ivo.client.post("/accounts/linkedin/connect", headers=headers)
    query = parse_qs(urlsplit(answer.location).query)
    assert query["redirect_uri"] == ["http://localhost/accounts/linkedin/back"]
    assert "evil" not in answer.location


def test_one_comes_back_to_the_page_one_left(ivo):
    assert ivo.connect(come_back_to="/items/7").location == "/items/7"


def test_one_comes_back_to_no_other_host(ivo):
    assert ivo.connect(come_back_to="https://evil.example/").location == "/accounts"


@pytest.mark.parametrize("decision", ["cancel_login", "cancel_authorize"])
def test_a_no_at_linkedin_is_a_no(session, ivo, decision):
    assert ivo.come_back(decision=decision).location == "/accounts"
    assert "You said no at LinkedIn. Nothing was connected." in ivo.words()
    assert rows(session) == (0, 0)


@pytest.mark.parametrize("decision", ["cancel_login", "cancel_authorize"])
def test_a_no_at_linkedin_leads_back_to_the_page_one_left(ivo, decision):
    answer = ivo.come_back(decision=decision, come_back_to="/consent?come_back_to=/x")
    assert answer.location == "/consent?come_back_to=/x"
    page = ivo.client.get(answer.location).text
    assert "You said no at LinkedIn. Nothing was connected." in page


def test_somebody_elses_account_leads_back_to_the_page_one_left(ivo, marit):
    ivo.connect("Ivo Terpstra")
    answer = marit.come_back("Ivo Terpstra", come_back_to="/items/7")
    assert answer.location == "/items/7"
    assert "already connected here by somebody else" in marit.words()


def test_a_no_at_the_second_question_gives_the_token_back(session, ivo, sandbox):
    ivo.come_back(come_back_to="/items/7")
    assert set(tokens(sandbox).values()) == {"active"}
    answer = ivo.client.post("/accounts/linkedin/drop")
    assert answer.location == "/items/7"
    assert rows(session) == (0, 0)
    assert set(tokens(sandbox).values()) == {"revoked"}
    assert NOTHING in ivo.words()


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
    assert tokens(sandbox) == {}


def test_an_answer_in_another_sign_in_of_the_same_person_is_refused(
    session, ivo, sandbox, app
):
    address = sandbox.walk_consent(ivo.leave_for_linkedin(), "Ivo Terpstra")
    other = app.test_client()
    with other.session_transaction() as cookie:
        cookie["_user_id"] = start_sign_in(session, ivo.person, now())
    session.commit()
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


def test_a_made_up_code_is_refused_in_words(session, ivo):
    state = parse_qs(urlsplit(ivo.leave_for_linkedin()).query)["state"][0]
    ivo.client.get(f"/accounts/linkedin/back?code=made-up&state={state}")
    assert "LinkedIn did not complete the connection" in ivo.words()
    assert rows(session) == (0, 0)


def test_when_linkedin_is_away_it_says_so_and_keeps_nothing(session, ivo, monkeypatch):
    there = ivo.leave_for_linkedin()
    state = parse_qs(urlsplit(there).query)["state"][0]

    def refuse(*_args, **_more):
        raise requests.ConnectionError

    monkeypatch.setattr(requests.Session, "request", refuse)
    ivo.client.get(f"/accounts/linkedin/back?code=any&state={state}")
    monkeypatch.undo()
    assert "LinkedIn does not answer at the moment" in ivo.words()
    assert rows(session) == (0, 0)


def test_less_than_was_asked_for_connects_nothing_and_is_given_back(
    session, ivo, sandbox
):
    there = ivo.leave_for_linkedin()
    less = there.replace("w_member_social", "").replace("profile+", "profile")
    ivo.client.get(sandbox.walk_consent(less, "Ivo Terpstra"))
    assert "LinkedIn did not give the permissions we asked for" in ivo.words()
    assert rows(session) == (0, 0)
    assert set(tokens(sandbox).values()) == {"revoked"}


def test_one_linkedin_account_belongs_to_one_colleague(session, ivo, marit, sandbox):
    ivo.connect("Ivo Terpstra")
    answer = marit.come_back("Ivo Terpstra")
    assert answer.location == "/accounts"
    words = marit.words()
    assert "already connected here by somebody else" in words
    assert "Ivo" not in words
    assert rows(session) == (1, 0)
    assert account_of(session, marit.person.id, "linkedin") is None
    # Ivo's own token is left alone.
    assert set(tokens(sandbox).values()) == {"active"}
    account = account_of(session, ivo.person.id, "linkedin")
    assert account.member_name == "Ivo Terpstra"


def test_two_who_come_back_at_once_with_one_account_are_told_at_the_second_press(
    session, ivo, marit
):
    assert marit.come_back("Ivo Terpstra").location.endswith("/confirm")
    ivo.connect("Ivo Terpstra")
    assert marit.confirm().location == "/accounts"
    assert "already connected here by somebody else" in marit.words()
    assert account_of(session, marit.person.id, "linkedin") is None


def test_another_name_at_linkedin_is_said_before_and_after(ivo):
    page = ivo.client.get(ivo.come_back("Ivo Privé").location).text
    assert "The two names differ." in page
    ivo.confirm()
    told = "Connected to the LinkedIn account of Ivo Privé. Here your name is Ivo"
    assert told in ivo.words()


def test_the_same_name_at_linkedin_is_said_plainly(ivo):
    assert "differ" not in ivo.client.get(ivo.come_back().location).text


def test_the_demonstration_tells_the_pretend_network_who_looks_around(marit):
    page = requests.get(marit.leave_for_linkedin(), timeout=10).text
    assert 'value="Marit Hoekstra"' in page


def test_no_real_network_is_told_a_name(app, marit):
    parts = app.extensions["advocacy"]
    real = replace(parts.settings, demo=False)
    app.extensions["advocacy"] = replace(parts, settings=real)
    assert "login_hint" not in marit.leave_for_linkedin()


def test_connecting_again_renews_the_token_in_the_same_row(session, ivo, sandbox):
    ivo.connect()
    account = account_of(session, ivo.person.id, "linkedin")
    account.refused_at = now()
    session.commit()
    first = account.token_locked
    assert usable_account(session, ivo.person.id, "linkedin", now()) is None
    ivo.connect()
    assert rows(session) == (1, 0)
    account = usable_account(session, ivo.person.id, "linkedin", now())
    assert account.token_locked != first
    # A network may forget all grants of a member when one is given back.
    assert set(tokens(sandbox).values()) == {"active"}


def test_another_account_of_ones_own_replaces_the_first_and_gives_it_back(
    session, ivo, sandbox
):
    ivo.connect("Ivo Terpstra")
    ivo.connect("Ivo Privé")
    account = account_of(session, ivo.person.id, "linkedin")
    assert account.member_name == "Ivo Privé"
    assert sorted(tokens(sandbox).values()) == ["active", "revoked"]


def test_saying_yes_twice_is_one_account_and_no_error(session, ivo):
    ivo.connect()
    assert ivo.confirm().location == "/accounts"
    words = ivo.words()
    assert "was not started here" not in words
    assert rows(session) == (1, 0)


def test_turning_the_purpose_off_between_the_questions_connects_nothing(
    session, ivo, sandbox
):
    ivo.come_back()
    ivo.client.post("/consent/p1", data={"answer": "off"})
    assert ivo.confirm().location == "/accounts"
    assert rows(session) == (0, 0)
    assert set(tokens(sandbox).values()) == {"revoked"}


def test_a_yes_counts_for_nothing_while_the_purpose_is_off(session, ivo):
    """Even if a withdrawal had not known of the round."""
    ivo.come_back()
    withdraw(session, ivo.person, Purpose.POST_FOR_ME, "en", "pressed", now(), [])
    session.commit()
    assert ivo.confirm().location == "/accounts"
    assert rows(session)[0] == 0


def test_a_network_nobody_knows_is_not_there(ivo):
    for address in ("connect", "confirm", "drop", "disconnect"):
        assert ivo.client.post(f"/accounts/elsewhere/{address}").status_code == 404
    assert ivo.client.get("/accounts/elsewhere/back?state=x").status_code == 404


def test_a_stranger_signs_in_first(client):
    for address in ("connect", "confirm", "drop", "disconnect"):
        answer = client.post(f"/accounts/linkedin/{address}")
        assert answer.location.startswith("/sign-in")
    assert client.get("/accounts").location.startswith("/sign-in")


def test_the_purpose_that_is_needed_is_posting(session, ivo):
    ivo.connect()
    for code in ("p2", "p3", "p4", "p5", "author"):
        ivo.client.post(f"/consent/{code}", data={"answer": "on"})
        ivo.client.post(f"/consent/{code}", data={"answer": "off"})
    assert rows(session) == (1, 0)
