"""Signing on by hand, step by step, so that one step can be got wrong."""

from urllib.parse import parse_qs, urlsplit

import requests

from tests.integrations.linkedin_sandbox.serving import POSTING

BACK = "http://localhost:8000/back"
SCOPES = frozenset(POSTING)


def authorize(sandbox, **changes):
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


def code_for(sandbox, sign_on, scopes=SCOPES):
    back = sandbox.walk_consent(sign_on.authorize_address("state", scopes))
    return parse_qs(urlsplit(back).query)["code"][0]


def oauth(sandbox, path, *, auth=None, **fields):
    form = {"client_id": "pretend-client", "client_secret": "pretend-secret"} | fields
    return requests.post(
        f"{sandbox.address}/oauth/v2/{path}",
        data={name: one for name, one in form.items() if one is not None},
        auth=auth,
        timeout=10,
    )


def trade(sandbox, code, **changes):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
    }
    return oauth(sandbox, "accessToken", **form | changes)


def granted(sandbox, sign_on, scopes=SCOPES):
    back = sandbox.walk_consent(sign_on.authorize_address("state", scopes))
    return sign_on.finish(back, "state")
