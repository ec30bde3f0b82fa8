"""Connecting LinkedIn, over HTTP with the pretend network: the round, and where it leads."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import select

from advocacy.accounts.models import ConnectingRound
from advocacy.accounts.queries import account_of
from integrations.clock import now
from tests.advocacy.accounts.stored import rows


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


def test_only_a_press_connects_and_no_head(session, ivo):
    ivo.come_back()
    assert ivo.client.head("/accounts/linkedin/confirm").status_code == 200
    assert rows(session) == (0, 1)


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


def test_a_network_nobody_knows_is_not_there(ivo):
    for address in ("connect", "confirm", "drop", "disconnect"):
        assert ivo.client.post(f"/accounts/elsewhere/{address}").status_code == 404
    assert ivo.client.get("/accounts/elsewhere/back?state=x").status_code == 404


def test_the_purpose_that_is_needed_is_posting(session, ivo):
    ivo.connect()
    for code in ("p2", "p3", "p4", "p5", "author"):
        ivo.client.post(f"/consent/{code}", data={"answer": "on"})
        ivo.client.post(f"/consent/{code}", data={"answer": "off"})
    assert rows(session) == (1, 0)
