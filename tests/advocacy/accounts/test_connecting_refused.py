"""Nothing is connected after a no: of the colleague, of the network, or of the purpose."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from integrations.clock import now
from tests.advocacy.accounts.stored import rows, token_states


@pytest.mark.parametrize("decision", ["cancel_login", "cancel_authorize"])
def test_a_no_at_linkedin_is_a_no(session, ivo, decision):
    assert ivo.come_back(decision=decision).location == "/accounts"
    assert "You said no at LinkedIn. Nothing was connected." in ivo.words()
    assert rows(session) == (0, 0)


def test_why_nothing_was_connected_is_said_in_the_readers_language(ivo):
    ivo.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nl"
    ivo.come_back(decision="cancel_login")
    assert "Je zei nee bij LinkedIn. Er is niets verbonden." in ivo.words()


@pytest.mark.parametrize("decision", ["cancel_login", "cancel_authorize"])
def test_a_no_at_linkedin_leads_back_to_the_page_one_left(ivo, decision):
    answer = ivo.come_back(decision=decision, come_back_to="/consent?come_back_to=/x")
    assert answer.location == "/consent?come_back_to=/x"
    page = ivo.client.get(answer.location).text
    assert "You said no at LinkedIn. Nothing was connected." in page


def test_a_no_at_the_second_question_gives_the_token_back(session, ivo, sandbox):
    ivo.come_back(come_back_to="/items/7")
    assert set(token_states(sandbox)) == {"active"}
    answer = ivo.client.post("/accounts/linkedin/drop")
    assert answer.location == "/items/7"
    assert rows(session) == (0, 0)
    assert set(token_states(sandbox)) == {"revoked"}
    assert "Nothing was connected" in ivo.words()


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
    assert set(token_states(sandbox)) == {"revoked"}


def test_turning_the_purpose_off_between_the_questions_connects_nothing(
    session, ivo, sandbox
):
    ivo.come_back()
    ivo.client.post("/consent/p1", data={"answer": "off"})
    assert ivo.confirm().location == "/accounts"
    assert rows(session) == (0, 0)
    assert set(token_states(sandbox)) == {"revoked"}


def test_a_yes_counts_for_nothing_while_the_purpose_is_off(session, ivo):
    """Even if a withdrawal had not known of the round."""
    ivo.come_back()
    withdraw(session, ivo.person, Purpose.POST_FOR_ME, "en", "pressed", now(), [])
    session.commit()
    assert ivo.confirm().location == "/accounts"
    assert rows(session)[0] == 0
