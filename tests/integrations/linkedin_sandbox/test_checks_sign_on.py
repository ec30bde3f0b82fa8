"""Checks 1 to 4: signing on. A careless client fails, ours gets through."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from integrations.errors import Refused
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import SignOnCancelled
from tests.integrations.linkedin_sandbox.serving import running_sandbox
from tests.integrations.linkedin_sandbox.signing_on import (
    BACK,
    SCOPES,
    authorize,
    code_for,
    granted,
    oauth,
    trade,
)


@pytest.fixture
def sign_on(sandbox):
    return LinkedInSignOn(sandbox.settings_for_client(BACK))


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": f"{BACK}/"},
        {"redirect_uri": f"{BACK}#top"},
        {"client_id": "another"},
    ],
)
def test_check_01_careless_an_address_or_client_that_is_not_registered(
    sandbox, sign_on, changes
):
    assert authorize(sandbox).status_code == 200
    assert authorize(sandbox, **changes).status_code == 401


def test_check_01_careless_a_scope_that_was_not_granted_to_the_app(sandbox, sign_on):
    answer = authorize(sandbox, scope="openid r_liteprofile")
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["error"] == ["unauthorized_scope_error"]


@pytest.mark.parametrize("decision", ["cancel_login", "cancel_authorize"])
def test_check_01_ours_asks_for_what_it_has_and_takes_a_no(sandbox, sign_on, decision):
    address = sign_on.authorize_address("state", SCOPES)
    back = sandbox.walk_consent(address, decision=decision)
    assert parse_qs(urlsplit(back).query)["state"] == ["state"]
    with pytest.raises(SignOnCancelled):
        sign_on.finish(back, "state")


def test_check_01_ours_does_not_mind_that_the_screen_is_left_out():
    with running_sandbox(skips_known_consent=True) as sandbox:
        sign_on = LinkedInSignOn(sandbox.settings_for_client(BACK))
        address = sign_on.authorize_address("state", SCOPES)
        with requests.Session() as browser:
            form = dict(parse_qs(urlsplit(address).query).items())
            form |= {"member": "Ivo Terpstra", "decision": "allow"}
            one = browser.post(address, form, allow_redirects=False, timeout=10)
            sign_on.finish(one.headers["Location"], "state")
            two = browser.get(address, allow_redirects=False, timeout=10)
        assert sign_on.finish(two.headers["Location"], "state").scopes == SCOPES


def test_check_02_careless_using_a_code_twice_or_elsewhere(sandbox, sign_on):
    code = code_for(sandbox, sign_on)
    elsewhere = trade(sandbox, code, redirect_uri="http://localhost/x")
    assert (elsewhere.status_code, elsewhere.json()["error"]) == (
        400,
        "invalid_redirect_uri",
    )
    other = {
        "client_id": "pretend-figures-client",
        "client_secret": "pretend-figures-secret",
    }
    assert trade(sandbox, code, **other).json()["error"] == "invalid_redirect_uri"
    assert trade(sandbox, code).status_code == 200
    twice = trade(sandbox, code)
    assert twice.status_code == 401
    assert "authorization code not found" in twice.json()["error_description"]


def test_check_02_careless_keeping_a_code_for_half_an_hour(sandbox, sign_on):
    code = code_for(sandbox, sign_on)
    later = {"advance_seconds": 30 * 60 + 1}
    requests.post(f"{sandbox.address}/sandbox/clock", json=later, timeout=10)
    assert trade(sandbox, code).status_code == 400


def test_check_02_ours_trades_at_once_and_tells_a_used_code(sandbox, sign_on):
    back = sandbox.walk_consent(sign_on.authorize_address("state", SCOPES))
    assert sign_on.finish(back, "state").token
    with pytest.raises(Refused):
        sign_on.finish(back, "state")


def test_check_03_careless_secrets_in_the_header(sandbox, sign_on):
    answer = trade(
        sandbox,
        code_for(sandbox, sign_on),
        client_id=None,
        client_secret=None,
        auth=("pretend-client", "pretend-secret"),
    )
    assert answer.status_code == 400
    assert '"client_id" is missing' in answer.json()["error_description"]


def test_check_03_careless_proving_a_key_nobody_asked_for(sandbox, sign_on):
    answer = trade(sandbox, code_for(sandbox, sign_on), code_verifier="v" * 43)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_check_03_careless_a_body_in_json(sandbox, sign_on):
    answer = requests.post(
        f"{sandbox.address}/oauth/v2/accessToken",
        json={"grant_type": "authorization_code"},
        timeout=10,
    )
    assert '"grant_type" is missing' in answer.json()["error_description"]


def test_check_03_and_04_ours_speaks_in_the_body_and_reads_commas(sandbox, sign_on):
    grant = granted(sandbox, sign_on)
    assert grant.scopes == SCOPES
    assert grant.refresh_token is None


def test_check_04_careless_comparing_scopes_as_asked_and_waiting_for_a_nonce(
    sandbox, sign_on
):
    said = trade(sandbox, code_for(sandbox, sign_on), nonce="n").json()
    assert said["scope"] != "openid profile w_member_social"
    assert said["scope"].split(",") == sorted(SCOPES)
    assert said["expires_in"] == 5184000
    assert "refresh_token" not in said
    claims = said["id_token"].split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert told["iss"] == "https://www.linkedin.com/oauth"
    assert "nonce" not in told


def test_check_04_careless_renewing_with_what_another_app_was_given(sign_on, sandbox):
    said = {"partner": True, "figures_partner": True}
    requests.post(f"{sandbox.address}/sandbox/settings", json=said, timeout=10)
    kept = granted(sandbox, sign_on).refresh_token
    asked = {"grant_type": "refresh_token", "refresh_token": kept}
    other = {
        "client_id": "pretend-figures-client",
        "client_secret": "pretend-figures-secret",
    }
    answer = oauth(sandbox, "accessToken", **asked, **other)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert "invalid, expired or revoked" in answer.json()["error_description"]
    assert oauth(sandbox, "accessToken", **asked).status_code == 200


def test_check_04_careless_renewing_when_one_is_no_partner_any_more(sign_on, sandbox):
    address = f"{sandbox.address}/sandbox/settings"
    requests.post(address, json={"partner": True}, timeout=10)
    kept = granted(sandbox, sign_on).refresh_token
    requests.post(address, json={"partner": False}, timeout=10)
    asked = {"grant_type": "refresh_token", "refresh_token": kept}
    assert oauth(sandbox, "accessToken", **asked).status_code == 400
    with pytest.raises(Refused):
        sign_on.refresh(kept, "m1")
