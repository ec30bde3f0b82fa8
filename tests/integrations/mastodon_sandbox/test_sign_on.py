"""Apps, the consent screen, and codes traded for tokens, without our client."""

import re

import pytest
import requests

from tests.integrations.mastodon_sandbox.calling import post

BACK = "http://localhost/back"


def _register(sandbox, **changes):
    said = {
        "client_name": "Another client",
        "redirect_uris": [BACK],
        "scopes": "read:accounts write:statuses",
    }
    return requests.post(
        f"{sandbox.address}/api/v1/apps", json=said | changes, timeout=10
    )


@pytest.mark.parametrize(
    "changes",
    [{"client_name": ""}, {"redirect_uris": "back"}, {"scopes": "everything"}],
)
def test_an_app_is_registered_whole(sandbox, changes):
    assert _register(sandbox).status_code == 200
    assert _register(sandbox, **changes).status_code == 422


def _question(app, **changes):
    given = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": BACK,
        "scope": "read:accounts",
        "state": "s",
    }
    return given | changes


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"client_id": "nobody"}, 401),
        ({"redirect_uri": "http://localhost/elsewhere"}, 400),
        ({"scope": "write:media"}, 400),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, 400),
        ({"response_type": "token"}, 302),
        ({}, 200),
    ],
)
def test_the_consent_screen_looks_at_who_asks(sandbox, changes, status):
    asked = _question(_register(sandbox).json(), **changes)
    for method, fields in (("GET", {"params": asked}), ("POST", {"data": asked})):
        address = f"{sandbox.address}/oauth/authorize"
        answer = requests.request(
            method, address, timeout=10, allow_redirects=False, **fields
        )
        # A POST without a decision shows the screen again.
        wanted = 422 if (status, method) == (200, "POST") else status
        assert answer.status_code == wanted


def _code(sandbox, app, **changes):
    back = sandbox.walk_consent(
        requests.Request("GET", f"{sandbox.address}/oauth/authorize").prepare().url
        + "?"
        + "&".join(f"{k}={v}" for k, v in _question(app, **changes).items())
    )
    found = re.search(r"code=([^&]+)", back)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({}, 200, None),
        ({"client_secret": "x"}, 401, "invalid_client"),
        ({"client_id": "x"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"code": "x"}, 400, "invalid_grant"),
        ({"redirect_uri": "http://localhost/elsewhere"}, 400, "invalid_grant"),
    ],
)
def test_a_code_is_traded_by_whom_it_was_made_for(sandbox, changes, status, error):
    app = _register(sandbox).json()
    fields = {
        "grant_type": "authorization_code",
        "code": _code(sandbox, app),
        "redirect_uri": BACK,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
    }
    address = f"{sandbox.address}/oauth/token"
    answer = requests.post(address, data=fields | changes, timeout=10)
    assert (answer.status_code, answer.json().get("error")) == (status, error)


def test_a_code_with_a_challenge_needs_its_verifier(sandbox):
    app = _register(sandbox).json()
    code = _code(sandbox, app, code_challenge="x" * 43, code_challenge_method="S256")
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "code_verifier": "y" * 43,
    }
    answer = requests.post(f"{sandbox.address}/oauth/token", data=fields, timeout=10)
    assert answer.json()["error"] == "invalid_grant"


def test_an_app_revokes_its_own_tokens_only(sandbox, access):
    app = _register(sandbox).json()
    fields = {
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "token": access.token,
    }
    answer = requests.post(f"{sandbox.address}/oauth/revoke", data=fields, timeout=10)
    assert answer.status_code == 403
    assert post(sandbox, access).status_code == 200
