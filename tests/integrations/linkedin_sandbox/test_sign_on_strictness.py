"""Each careless thing an OAuth client can do, and LinkedIn's answer to it."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.integrations.linkedin_sandbox.serving import running_sandbox

BACK = "http://localhost:8000/back"
ASKED = {
    "response_type": "code",
    "client_id": "pretend-client",
    "redirect_uri": BACK,
    "scope": "openid profile w_member_social",
    "state": "a b/+&=é",
}


@pytest.fixture(autouse=True)
def _registered(sandbox):
    sandbox.memory.redirect_addresses.add(BACK)


def _ask(sandbox, **changes):
    given = {k: v for k, v in (ASKED | changes).items() if v is not None}
    return requests.get(
        f"{sandbox.address}/oauth/v2/authorization",
        params=given,
        allow_redirects=False,
        timeout=10,
    )


def _decide(sandbox, **changes):
    given = ASKED | {"member": "Ivo Terpstra", "decision": "allow"} | changes
    return requests.post(
        f"{sandbox.address}/oauth/v2/authorization",
        data={k: v for k, v in given.items() if v is not None},
        allow_redirects=False,
        timeout=10,
    )


def _code(sandbox, **changes):
    [code] = _query(_decide(sandbox, **changes))["code"]
    return code


def _query(answer):
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{BACK}?")
    return parse_qs(urlsplit(answer.headers["Location"]).query)


def _trade(sandbox, good_code, *, auth=None, **changes):
    given = {
        "grant_type": "authorization_code",
        "code": good_code,
        "redirect_uri": BACK,
        "client_id": "pretend-client",
        "client_secret": "pretend-secret",
    } | changes
    return requests.post(
        f"{sandbox.address}/oauth/v2/accessToken",
        data={k: v for k, v in given.items() if v is not None},
        auth=auth,
        timeout=10,
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"client_id": "x"}, "Client_id doesn&#39;t match"),
        ({"client_id": None}, "Client_id doesn&#39;t match"),
        ({"redirect_uri": f"{BACK}/"}, "Redirect_uri doesn&#39;t match"),
        ({"redirect_uri": f"{BACK}?x=1"}, "Redirect_uri doesn&#39;t match"),
        ({"redirect_uri": BACK.upper()}, "Redirect_uri doesn&#39;t match"),
        ({"redirect_uri": None}, "Redirect_uri doesn&#39;t match"),
    ],
)
@pytest.mark.parametrize("way", [_ask, _decide])
def test_a_wrong_client_or_address_stays_on_the_networks_page(
    sandbox, way, changes, sentence
):
    answer = way(sandbox, **changes)
    assert answer.status_code == 401
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"scope": "openid r_member_social"}, "unauthorized_scope_error"),
        ({"scope": "openid,profile"}, "unauthorized_scope_error"),
        ({"scope": None}, "unauthorized_scope_error"),
    ],
)
@pytest.mark.parametrize("way", [_ask, _decide])
def test_other_mistakes_go_back_to_the_client(sandbox, way, changes, error):
    query = _query(way(sandbox, **changes))
    assert query["error"] == [error]
    assert query["state"] == [ASKED["state"]]


@pytest.mark.parametrize(
    ("decision", "error"),
    [
        ("cancel_login", "user_cancelled_login"),
        ("cancel_authorize", "user_cancelled_authorize"),
    ],
)
def test_the_two_ways_of_saying_no(sandbox, decision, error):
    query = _query(_decide(sandbox, decision=decision))
    assert query["error"] == [error]
    assert query["error_description"]
    assert query["state"] == [ASKED["state"]]


def test_state_comes_back_as_it_was_and_only_if_it_was_there(sandbox):
    assert _query(_decide(sandbox))["state"] == [ASKED["state"]]
    assert "state" not in _query(_decide(sandbox, state=None))


def test_a_nameless_member_is_asked_again(sandbox):
    answer = _decide(sandbox, member=None)
    assert answer.status_code == 422
    assert "Choose or type a name" in answer.text


@pytest.mark.parametrize(
    "name", ["grant_type", "code", "redirect_uri", "client_id", "client_secret"]
)
def test_a_missing_parameter_is_named(sandbox, name):
    answer = _trade(sandbox, _code(sandbox), **{name: None})
    assert answer.status_code == 400
    said = answer.json()
    assert said["error"] == "invalid_request"
    assert f'"{name}" is missing' in said["error_description"]


def test_credentials_in_the_header_do_not_count(sandbox):
    auth = ("pretend-client", "pretend-secret")
    answer = _trade(
        sandbox, _code(sandbox), auth=auth, client_id=None, client_secret=None
    )
    assert answer.status_code == 400
    assert '"client_id" is missing' in answer.json()["error_description"]


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"code_verifier": "x" * 43}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"code": "unknown"}, 401, "invalid_request"),
        ({"redirect_uri": "http://localhost/x"}, 400, "invalid_redirect_uri"),
    ],
)
def test_a_careless_trade_is_refused(sandbox, changes, status, error):
    answer = _trade(sandbox, _code(sandbox), **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_code_is_good_once_and_not_for_ever(sandbox):
    code = _code(sandbox)
    assert _trade(sandbox, code).status_code == 200
    assert _trade(sandbox, code).status_code == 401

    old = _code(sandbox)
    sandbox.memory.codes[old].made_at -= 30 * 60 + 1
    assert _trade(sandbox, old).json()["error"] == "invalid_redirect_uri"


def test_the_answer_has_linkedins_shape(sandbox):
    said = _trade(sandbox, _code(sandbox)).json()
    assert said["scope"] == "openid,profile,w_member_social"
    assert said["expires_in"] == 5184000
    assert len(said["access_token"]) == 500
    assert "refresh_token" not in said
    claims = said["id_token"].split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert told["iss"] == "https://www.linkedin.com/oauth"
    assert "nonce" not in told
    assert "id_token" not in _trade(sandbox, _code(sandbox, scope="profile")).json()


def test_another_set_of_scopes_ends_the_earlier_tokens(sandbox):
    first = _trade(sandbox, _code(sandbox)).json()["access_token"]
    second = _trade(sandbox, _code(sandbox)).json()["access_token"]
    other = _trade(sandbox, _code(sandbox, member="Tjitske Rinsma")).json()
    _trade(sandbox, _code(sandbox, scope="openid profile"))
    status = {token: sandbox.memory.tokens[token].status for token in (first, second)}
    assert set(status.values()) == {"revoked"}
    assert sandbox.memory.tokens[other["access_token"]].status == "active"


def test_a_known_consent_may_be_skipped():
    with running_sandbox(skips_known_consent=True) as sandbox:
        sandbox.memory.redirect_addresses.add(BACK)
        with requests.Session() as browser:
            given = ASKED | {"member": "Ivo Terpstra", "decision": "allow"}
            address = f"{sandbox.address}/oauth/v2/authorization"
            answer = browser.post(
                address, data=given, allow_redirects=False, timeout=10
            )
            _trade(sandbox, _query(answer)["code"][0])
            again = browser.get(
                address, params=ASKED, allow_redirects=False, timeout=10
            )
            assert _query(again)["code"]
            sandbox.revoke_all()
            ended = browser.get(
                address, params=ASKED, allow_redirects=False, timeout=10
            )
            assert ended.status_code == 200
