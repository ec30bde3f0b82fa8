"""The OAuth round against a network that is as strict as LinkedIn."""

import time
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.wrappers import Response

from integrations.clock import now
from integrations.errors import NotDone, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import Access, Capability, PostDraft, SignOnCancelled
from tests.integrations.linkedin.scripted import scripted, settings_for
from tests.integrations.linkedin_sandbox.serving import HASTY, running_sandbox

BACK = "http://localhost:8000/accounts/linkedin/back"
POSTING = frozenset({"openid", "profile", "w_member_social"})
STATE = "state/with+signs&more=é"


@pytest.fixture
def sign_on(sandbox):
    return LinkedInSignOn(sandbox.settings_for_client(BACK))


def test_scopes_are_those_of_what_is_wanted(sign_on):
    assert sign_on.scopes_for(frozenset({Capability.POST})) == POSTING
    assert sign_on.scopes_for(frozenset()) == frozenset()


def test_the_address_asks_with_spaces_and_without_pkce(sign_on):
    parts = urlsplit(sign_on.authorize_address(STATE, POSTING))
    assert parse_qs(parts.query) == {
        "response_type": ["code"],
        "client_id": ["pretend-client"],
        "redirect_uri": [BACK],
        "scope": ["openid profile w_member_social"],
        "state": [STATE],
    }


def test_a_round_ends_in_a_grant_that_can_post(sandbox, sign_on):
    back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
    assert back.startswith(BACK)
    grant = sign_on.finish(back, STATE)
    assert grant.scopes == POSTING
    assert grant.member_name == "Ivo Terpstra"
    assert grant.refresh_token is None
    days = grant.expires_at - now()
    assert timedelta(days=59) < days <= timedelta(days=60)
    assert len(grant.token) >= 500
    assert grant.token not in repr(grant)
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = Access(grant.token, grant.member_id)
    body = linkedin.prepare(access, PostDraft("It works"))
    assert linkedin.open_line(access).create(body)


def test_the_way_back_may_have_come_through_a_proxy(sandbox, sign_on):
    back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
    inside = back.replace("http://localhost:8000", "https://10.0.0.7:9000")
    assert sign_on.finish(inside, STATE).member_name == "Ivo Terpstra"


@pytest.mark.parametrize("decision", ["cancel_login", "cancel_authorize"])
def test_saying_no_is_no_error(sandbox, sign_on, decision):
    address = sign_on.authorize_address(STATE, POSTING)
    back = sandbox.walk_consent(address, decision=decision)
    with pytest.raises(SignOnCancelled):
        sign_on.finish(back, STATE)


def test_a_code_is_good_once(sandbox, sign_on):
    back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
    sign_on.finish(back, STATE)
    with pytest.raises(Refused) as caught:
        sign_on.finish(back, STATE)
    assert caught.value.code == "invalid_request"


def test_a_code_that_was_tampered_with_is_refused(sandbox, sign_on):
    back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
    with pytest.raises(Refused):
        sign_on.finish(back.replace("code=", "code=x"), STATE)


@pytest.mark.parametrize("state", ["another", ""])
def test_a_state_that_is_not_ours_is_refused_before_any_call(sandbox, sign_on, state):
    back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
    with pytest.raises(Refused) as caught:
        sign_on.finish(back, state)
    assert caught.value.code == "mismatching_state"
    assert sandbox.memory.tokens == {}


def test_a_call_back_without_anything_is_refused(sign_on):
    with pytest.raises(Refused):
        sign_on.finish(f"{BACK}?state=1", "1")


def test_fewer_scopes_than_wanted_are_told_not_raised(sandbox, sign_on):
    address = sign_on.authorize_address(STATE, frozenset({"openid", "profile"}))
    grant = sign_on.finish(sandbox.walk_consent(address), STATE)
    assert grant.scopes == {"openid", "profile"}


def test_a_scope_the_app_does_not_have_is_refused(sandbox, sign_on):
    address = sign_on.authorize_address(STATE, frozenset({"r_member_social"}))
    with pytest.raises(Refused) as caught:
        sign_on.finish(sandbox.walk_consent(address), STATE)
    assert caught.value.code == "unauthorized_scope_error"


def test_without_the_right_to_ask_who_it_is_there_is_no_grant(sandbox, sign_on):
    address = sign_on.authorize_address(STATE, frozenset({"w_member_social"}))
    with pytest.raises(Refused) as caught:
        sign_on.finish(sandbox.walk_consent(address), STATE)
    assert caught.value.code == "403 ACCESS_DENIED"


def test_a_wrong_secret_is_refused(sandbox):
    settings = sandbox.settings_for_client(BACK, client_secret="wrong")
    sign_on = LinkedInSignOn(settings)
    back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
    with pytest.raises(Refused) as caught:
        sign_on.finish(back, STATE)
    assert caught.value.code == "invalid_client"


@pytest.mark.parametrize(("unknown_for", "works"), [(1, True), (3, True), (4, False)])
def test_a_token_that_is_not_known_yet_is_given_time(unknown_for, works):
    with running_sandbox(slow_to_know_tokens=unknown_for) as sandbox:
        sign_on = LinkedInSignOn(sandbox.settings_for_client(BACK))
        back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
        if works:
            assert sign_on.finish(back, STATE).member_name == "Ivo Terpstra"
        else:
            with pytest.raises(Refused) as caught:
                sign_on.finish(back, STATE)
            assert caught.value.code == "401 REVOKED_ACCESS_TOKEN"


def test_each_pause_for_a_new_token_is_waited_out():
    pauses = (0.2, 0.2, 0.2)
    patience = replace(HASTY, fresh_token=pauses)
    with running_sandbox(slow_to_know_tokens=len(pauses)) as sandbox:
        sign_on = LinkedInSignOn(sandbox.settings_for_client(BACK, patience=patience))
        back = sandbox.walk_consent(sign_on.authorize_address(STATE, POSTING))
        begun = time.monotonic()
        assert sign_on.finish(back, STATE).member_name == "Ivo Terpstra"
        assert time.monotonic() - begun >= sum(pauses)


@pytest.mark.parametrize(
    "answer", [Response("<html>", 502), Response("", 503), Response("slow down", 429)]
)
def test_a_network_out_of_order_is_asked_again_later(answer):
    with scripted(answer) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        with pytest.raises(NotDone):
            sign_on.finish(f"{BACK}?code=c&state=s", "s")
        assert len(server.asked) == 1


def test_a_network_that_is_not_there_is_asked_again_later(sandbox):
    away = settings_for("http://127.0.0.1:9", redirect_address=BACK)
    sign_on = LinkedInSignOn(away)
    with pytest.raises(NotDone):
        sign_on.finish(f"{BACK}?code=c&state=s", "s")
    assert sign_on.revoke("token") is False


@pytest.mark.parametrize(
    "token_answer",
    [
        Response("<html>fine</html>", 200),
        Response("{}", 200),
        Response("[1]", 200),
        Response("null", 200),
    ],
)
def test_a_token_answer_of_another_shape_is_refused(token_answer):
    with scripted(token_answer) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        with pytest.raises(Refused):
            sign_on.finish(f"{BACK}?code=c&state=s", "s")


def test_a_redirect_instead_of_a_token_is_not_followed():
    away = Response(status=307, headers={"Location": "/elsewhere"})
    with scripted(away) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        with pytest.raises(NotDone):
            sign_on.finish(f"{BACK}?code=c&state=s", "s")
        assert len(server.asked) == 1


@pytest.mark.parametrize("sub", ["", None])
def test_an_account_without_an_id_is_no_account(sub):
    token = Response(
        '{"access_token": "t", "expires_in": 60, "scope": "openid"}',
        mimetype="application/json",
    )
    who = Response('{"name": "x"}' if sub is None else '{"sub": ""}')
    with scripted(token, who) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        with pytest.raises(Refused) as caught:
            sign_on.finish(f"{BACK}?code=c&state=s", "s")
    assert caught.value.code == "sub"


def test_a_partners_refresh_token_is_kept_with_its_end():
    token = Response(
        '{"access_token": "t", "expires_in": 60, "scope": "openid,profile",'
        ' "refresh_token": "r", "refresh_token_expires_in": 3600}',
        mimetype="application/json",
    )
    who = Response('{"sub": "m1", "given_name": "Ivo", "family_name": "Terpstra"}')
    with scripted(token, who) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        grant = sign_on.finish(f"{BACK}?code=c&state=s", "s")
    assert (grant.refresh_token, grant.member_name) == ("r", "Ivo Terpstra")
    assert grant.refresh_expires_at is not None
    assert grant.refresh_expires_at > grant.expires_at
    assert "'r'" not in repr(grant)


@pytest.mark.parametrize("seconds", [10**13, 10**30])
def test_a_token_that_outlives_the_calendar_ends_some_day(seconds):
    token = Response(
        f'{{"access_token": "t", "expires_in": {seconds}, "scope": "openid,profile"}}',
        mimetype="application/json",
    )
    who = Response('{"sub": "m1", "given_name": "Ivo", "family_name": "Terpstra"}')
    with scripted(token, who) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        grant = sign_on.finish(f"{BACK}?code=c&state=s", "s")
    assert grant.expires_at < now() + timedelta(days=3651)


def test_a_token_is_forgotten_when_asked(sandbox, sign_on):
    access = sandbox.access_for("Ivo Terpstra")
    assert sign_on.revoke(access.token) is True
    assert sandbox.memory.tokens[access.token].status == "revoked"
