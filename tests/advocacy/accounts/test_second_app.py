"""Connecting LinkedIn's second app, which reads figures: its own purpose, its own round."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from advocacy.accounts.queries import account_of
from advocacy.accounts.refusals import learn_why_refused
from advocacy.accounts.renewing import Renewal, renew
from integrations.clock import now

FIGURES = "linkedin-figures"
BACK = "http://localhost/accounts/linkedin-figures/back"


@pytest.fixture
def settings(settings, sandbox):
    sandbox.memory.redirect_addresses.add(BACK)
    known = sandbox.memory.settings
    return replace(
        settings,
        linkedin_figures_client_id=known.figures_client_id,
        linkedin_figures_client_secret=known.figures_client_secret,
    )


def allow(colleague, answer: str = "on") -> None:
    colleague.client.post("/consent/p2", data={"answer": answer})


def connect(colleague, name: str = "") -> str:
    """The whole round; where it led."""
    there = colleague.client.post(f"/accounts/{FIGURES}/connect").location
    back = colleague.sandbox.walk_consent(there, name or colleague.person.name)
    colleague.client.get(back)
    page = colleague.client.get(f"/accounts/{FIGURES}/confirm").text
    assert "After this we can read LinkedIn’s figures of your posts" in page
    return colleague.client.post(f"/accounts/{FIGURES}/confirm").location


def test_it_asks_the_second_app_for_figures_and_nothing_else(ivo, sandbox):
    allow(ivo)
    there = ivo.client.post(f"/accounts/{FIGURES}/connect").location
    query = parse_qs(urlsplit(there).query)
    assert query["client_id"] == [sandbox.memory.settings.figures_client_id]
    assert query["scope"] == ["r_basicprofile r_member_postAnalytics"]
    assert query["redirect_uri"] == [BACK]
    posting = parse_qs(urlsplit(ivo.leave_for_linkedin()).query)
    assert posting["scope"] == ["openid profile w_member_social"]


def test_both_stand_side_by_side_and_neither_ends_the_other(session, ivo, sandbox):
    allow(ivo)
    ivo.connect()
    assert connect(ivo) == "/accounts"
    words = ivo.words()
    assert "For posting" in words
    assert "For reading figures" in words
    assert words.count("Ivo Terpstra</dd>") == 2
    tokens = sandbox.memory.tokens.values()
    assert [token.status for token in tokens] == ["active", "active"]
    first = account_of(session, ivo.person.id, "linkedin")
    second = account_of(session, ivo.person.id, FIGURES)
    assert first.client_id != second.client_id


def test_its_purpose_comes_first(ivo):
    answer = ivo.client.post(f"/accounts/{FIGURES}/connect")
    assert answer.location == "/consent#p2"


@pytest.mark.parametrize(("code", "left"), [("p1", [FIGURES]), ("p2", ["linkedin"])])
def test_turning_one_purpose_off_lets_go_of_its_account_only(
    session, ivo, sandbox, code, left
):
    allow(ivo)
    ivo.connect()
    connect(ivo)
    ivo.client.post(f"/consent/{code}", data={"answer": "off"})
    session.expire_all()
    found = [
        network
        for network in ("linkedin", FIGURES)
        if account_of(session, ivo.person.id, network)
    ]
    assert found == left
    statuses = sorted(token.status for token in sandbox.memory.tokens.values())
    assert statuses == ["active", "revoked"]


def test_a_yes_counts_for_nothing_once_the_purpose_is_off(session, ivo):
    allow(ivo)
    there = ivo.client.post(f"/accounts/{FIGURES}/connect").location
    ivo.client.get(ivo.sandbox.walk_consent(there, "Ivo Terpstra"))
    allow(ivo, "off")
    assert ivo.client.post(f"/accounts/{FIGURES}/confirm").location == "/accounts"
    assert account_of(session, ivo.person.id, FIGURES) is None


def test_without_the_second_app_the_purpose_is_not_offered(app, ivo):
    title = "Read LinkedIn’s figures of my posts, for me"
    assert title in ivo.client.get("/consent").text
    runtime = app.extensions["advocacy"]
    off = replace(runtime.settings, linkedin_figures_client_id="")
    app.extensions["advocacy"] = replace(runtime, settings=off)
    assert title not in ivo.client.get("/consent").text
    assert ivo.client.post("/consent/p2", data={"answer": "on"}).status_code == 404
    assert ivo.client.post(f"/accounts/{FIGURES}/connect").status_code == 404
    assert "For reading figures" not in ivo.words()


def test_without_the_second_app_its_token_is_neither_renewed_nor_asked_about(
    app, session, ivo, sandbox
):
    allow(ivo)
    connect(ivo)
    account = account_of(session, ivo.person.id, FIGURES)
    account.refresh_locked = b"something"
    account.refresh_expires_at = now() + timedelta(days=100)
    account.expires_at = now() + timedelta(days=1)
    session.commit()
    outside = replace(app.extensions["advocacy"].outside, sign_ons={})
    assert renew(account.id, outside) is Renewal.NOT_NEEDED
    assert learn_why_refused(account.id, outside) is None


def test_whoever_had_it_on_can_still_turn_it_off(app, session, ivo):
    allow(ivo)
    runtime = app.extensions["advocacy"]
    off = replace(runtime.settings, linkedin_figures_client_id="")
    app.extensions["advocacy"] = replace(runtime, settings=off)
    page = ivo.client.get("/consent").text
    assert "Reading figures is not set up here at present." in page
    allow(ivo, "off")
    assert 'id="p2"' in page
    assert 'id="p2"' not in ivo.client.get("/consent").text
