"""Checks 1 to 8: signing on. A careless client fails, ours gets through."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from integrations.errors import AccessExpired, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import Access, PostDraft, SignOnCancelled, TokenState
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import POSTING, running_sandbox

BACK = "http://localhost:8000/back"
SCOPES = frozenset(POSTING)


@pytest.fixture
def sign_on(sandbox):
    return LinkedInSignOn(sandbox.settings_for_client(BACK))


def _authorize(sandbox, **changes):
    asked = {
        "response_type": "code",
        "client_id": "pretend-client",
        "redirect_uri": BACK,
        "scope": "openid profile w_member_social",
    }
    return requests.get(
        f"{sandbox.address}/oauth/v2/authorization",
        params=asked | changes,
        allow_redirects=False,
        timeout=10,
    )


def _code(sandbox, sign_on, scopes=SCOPES):
    back = sandbox.walk_consent(sign_on.authorize_address("state", scopes))
    return parse_qs(urlsplit(back).query)["code"][0]


def _oauth(sandbox, path, *, auth=None, **fields):
    form = {"client_id": "pretend-client", "client_secret": "pretend-secret"} | fields
    return requests.post(
        f"{sandbox.address}/oauth/v2/{path}",
        data={name: one for name, one in form.items() if one is not None},
        auth=auth,
        timeout=10,
    )


def _trade(sandbox, code, **changes):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
    }
    return _oauth(sandbox, "accessToken", **form | changes)


def _grant(sandbox, sign_on, scopes=SCOPES):
    back = sandbox.walk_consent(sign_on.authorize_address("state", scopes))
    return sign_on.finish(back, "state")


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
    assert _authorize(sandbox).status_code == 200
    assert _authorize(sandbox, **changes).status_code == 401


def test_check_01_careless_a_scope_that_was_not_granted_to_the_app(sandbox, sign_on):
    answer = _authorize(sandbox, scope="openid r_liteprofile")
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
    code = _code(sandbox, sign_on)
    elsewhere = _trade(sandbox, code, redirect_uri="http://localhost/x")
    assert (elsewhere.status_code, elsewhere.json()["error"]) == (
        400,
        "invalid_redirect_uri",
    )
    other = {
        "client_id": "pretend-figures-client",
        "client_secret": "pretend-figures-secret",
    }
    assert _trade(sandbox, code, **other).json()["error"] == "invalid_redirect_uri"
    assert _trade(sandbox, code).status_code == 200
    twice = _trade(sandbox, code)
    assert twice.status_code == 401
    assert "authorization code not found" in twice.json()["error_description"]


def test_check_02_careless_keeping_a_code_for_half_an_hour(sandbox, sign_on):
    code = _code(sandbox, sign_on)
    later = {"advance_seconds": 30 * 60 + 1}
    requests.post(f"{sandbox.address}/sandbox/clock", json=later, timeout=10)
    assert _trade(sandbox, code).status_code == 400


def test_check_02_ours_trades_at_once_and_tells_a_used_code(sandbox, sign_on):
    back = sandbox.walk_consent(sign_on.authorize_address("state", SCOPES))
    assert sign_on.finish(back, "state").token
    with pytest.raises(Refused):
        sign_on.finish(back, "state")


def test_check_03_careless_secrets_in_the_header(sandbox, sign_on):
    answer = _trade(
        sandbox,
        _code(sandbox, sign_on),
        client_id=None,
        client_secret=None,
        auth=("pretend-client", "pretend-secret"),
    )
    assert answer.status_code == 400
    assert '"client_id" is missing' in answer.json()["error_description"]


def test_check_03_careless_proving_a_key_nobody_asked_for(sandbox, sign_on):
    answer = _trade(sandbox, _code(sandbox, sign_on), code_verifier="v" * 43)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_check_03_careless_a_body_in_json(sandbox, sign_on):
    answer = requests.post(
        f"{sandbox.address}/oauth/v2/accessToken",
        json={"grant_type": "authorization_code"},
        timeout=10,
    )
    assert '"grant_type" is missing' in answer.json()["error_description"]


def test_check_03_and_04_ours_speaks_in_the_body_and_reads_commas(sandbox, sign_on):
    grant = _grant(sandbox, sign_on)
    assert grant.scopes == SCOPES
    assert grant.refresh_token is None


def test_check_04_careless_comparing_scopes_as_asked_and_waiting_for_a_nonce(
    sandbox, sign_on
):
    said = _trade(sandbox, _code(sandbox, sign_on), nonce="n").json()
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
    kept = _grant(sandbox, sign_on).refresh_token
    asked = {"grant_type": "refresh_token", "refresh_token": kept}
    other = {
        "client_id": "pretend-figures-client",
        "client_secret": "pretend-figures-secret",
    }
    answer = _oauth(sandbox, "accessToken", **asked, **other)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert "invalid, expired or revoked" in answer.json()["error_description"]
    assert _oauth(sandbox, "accessToken", **asked).status_code == 200


def test_check_04_careless_renewing_when_one_is_no_partner_any_more(sign_on, sandbox):
    address = f"{sandbox.address}/sandbox/settings"
    requests.post(address, json={"partner": True}, timeout=10)
    kept = _grant(sandbox, sign_on).refresh_token
    requests.post(address, json={"partner": False}, timeout=10)
    asked = {"grant_type": "refresh_token", "refresh_token": kept}
    assert _oauth(sandbox, "accessToken", **asked).status_code == 400
    with pytest.raises(Refused):
        sign_on.refresh(kept, "m1")


def test_check_05_careless_believing_the_first_401(sandbox, sign_on):
    said = {"slow_to_know_tokens": 2}
    requests.post(f"{sandbox.address}/sandbox/settings", json=said, timeout=10)
    token = _trade(sandbox, _code(sandbox, sign_on)).json()["access_token"]
    caller = Caller(sandbox, Access(token, ""))
    found = [caller.call("GET", "/v2/userinfo") for _ in range(3)]
    assert [one.status_code for one in found] == [401, 401, 200]
    assert found[0].json()["serviceErrorCode"] == 65601


def test_check_05_ours_gives_a_new_token_time(sandbox, sign_on):
    said = {"slow_to_know_tokens": 3}
    requests.post(f"{sandbox.address}/sandbox/settings", json=said, timeout=10)
    assert _grant(sandbox, sign_on).member_name == "Ivo Terpstra"


def test_check_06_careless_asking_for_less_ends_what_there_was(sandbox, sign_on):
    first = Access(_grant(sandbox, sign_on).token, "")
    _trade(sandbox, _code(sandbox, sign_on, frozenset({"openid", "profile"})))
    answer = Caller(sandbox, first).call("GET", "/v2/userinfo")
    assert answer.json()["code"] == "REVOKED_ACCESS_TOKEN"


def test_check_06_ours_asks_for_the_same_again_and_keeps_both(sandbox, sign_on):
    first, second = _grant(sandbox, sign_on), _grant(sandbox, sign_on)
    for grant in (first, second):
        assert sign_on.token_state(grant.token) is TokenState.ACTIVE


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"client_id": "another"}, 400),
        ({"token": "unheard"}, 400),
        ({"client_secret": "wrong"}, 401),
    ],
)
def test_check_07_careless_asking_about_a_token_with_a_mistake(
    sandbox, sign_on, fields, status
):
    token = _grant(sandbox, sign_on).token
    answer = _oauth(sandbox, "introspectToken", **{"token": token} | fields)
    assert answer.status_code == status


def test_check_07_the_answer_counts_in_seconds(sandbox, sign_on):
    token = _grant(sandbox, sign_on).token
    said = _oauth(sandbox, "introspectToken", token=token).json()
    assert said["expires_at"] - said["created_at"] == 5184000
    assert said["created_at"] < 10**10
    assert said["scope"] == "openid,profile,w_member_social"
    assert (said["active"], said["auth_type"]) == (True, "3L")


def test_check_07_ours_tells_ended_from_taken_back_and_forgets(sandbox, sign_on):
    token = _grant(sandbox, sign_on).token
    sandbox.revoke_all("expired")
    assert sign_on.token_state(token) is TokenState.EXPIRED
    again = _grant(sandbox, sign_on).token
    assert sign_on.revoke(again) is True
    assert sign_on.token_state(again) is TokenState.REVOKED


def test_check_08_careless_counting_on_a_mail_address_and_a_picture(sandbox, sign_on):
    caller = Caller(sandbox, Access(_grant(sandbox, sign_on).token, ""))
    said = caller.call("GET", "/v2/userinfo", LinkedIn_Version=None).json()
    assert "email" not in said
    assert requests.get(said["picture"], timeout=10).status_code == 403


def test_check_08_careless_asking_who_it_is_without_the_scope(sandbox, sign_on):
    token = sandbox.access_for("Ivo Terpstra", ("w_member_social",))
    answer = Caller(sandbox, token).call("GET", "/v2/userinfo")
    assert answer.status_code == 403
    assert answer.json()["message"] == (
        "Not enough permissions to access: userinfo.GET.NO_VERSION"
    )


def test_check_08_ours_needs_neither_and_posts_as_that_member(sandbox, sign_on):
    grant = _grant(sandbox, sign_on)
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = Access(grant.token, grant.member_id)
    body = linkedin.prepare(access, PostDraft("Mine"))
    assert linkedin.open_line(access).create(body)
    sandbox.revoke_all()
    with pytest.raises(AccessExpired):
        linkedin.open_line(access).create(body)
