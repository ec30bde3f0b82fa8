"""The pretend network as others see it: a public OAuth library, then plain requests.

Nothing of our own client is used here, so that both cannot be wrong in the same way.
"""

import io
from urllib.parse import quote

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet
from PIL import Image

BACK = "http://localhost:8000/back"
SCOPE = "openid profile w_member_social"


@pytest.fixture
def places(sandbox):
    """What the network's own description says of its addresses."""
    sandbox.memory.redirect_addresses.add(BACK)
    address = f"{sandbox.address}/oauth/.well-known/openid-configuration"
    return requests.get(address, timeout=10).json()


def _session(**changes):
    given = {
        "client_id": "pretend-client",
        "client_secret": "pretend-secret",
        "scope": SCOPE,
        "redirect_uri": BACK,
        "token_endpoint_auth_method": "client_secret_post",
    }
    return OAuth2Session(**given | changes)


def _sign_on(sandbox, places, session, **more):
    address, state = session.create_authorization_url(
        places["authorization_endpoint"], **more
    )
    back = sandbox.walk_consent(address)
    return session.fetch_token(
        places["token_endpoint"], authorization_response=back, state=state, **more
    )


def test_authlib_signs_somebody_on(sandbox, places):
    with _session() as session:
        token = _sign_on(sandbox, places, session)
        who = session.get(places["userinfo_endpoint"], timeout=10).json()
    assert token["expires_in"] == 5184000
    assert set(token["scope"].split(",")) == set(SCOPE.split())
    assert who["name"] == "Ivo Terpstra"


def test_the_id_token_can_be_checked_with_the_networks_keys(sandbox, places):
    with _session() as session:
        token = _sign_on(sandbox, places, session)
        who = session.get(places["userinfo_endpoint"], timeout=10).json()
    keys = KeySet.import_key_set(requests.get(places["jwks_uri"], timeout=10).json())
    claims = jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims
    assert claims["iss"] == places["issuer"] == "https://www.linkedin.com/oauth"
    assert claims["aud"] == "pretend-client"
    assert claims["sub"] == who["sub"]
    jwt.JWTClaimsRegistry(iss={"value": places["issuer"]}).validate(claims)


def test_authlib_in_its_usual_way_has_its_secret_overlooked(sandbox, places):
    usual = _session(token_endpoint_auth_method="client_secret_basic")
    with usual as session, pytest.raises(OAuthError) as caught:
        _sign_on(sandbox, places, session)
    assert caught.value.error == "invalid_request"


def test_authlib_proving_its_key_is_turned_away(sandbox, places):
    proving = _session(code_challenge_method="S256")
    with proving as session, pytest.raises(OAuthError) as caught:
        _sign_on(sandbox, places, session, code_verifier="v" * 48)
    assert caught.value.error == "invalid_client"


def test_authlib_waiting_for_its_nonce_waits_in_vain(sandbox, places):
    with _session() as session:
        token = _sign_on(sandbox, places, session, nonce="once")
    keys = KeySet.import_key_set(requests.get(places["jwks_uri"], timeout=10).json())
    claims = jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims
    assert "nonce" not in claims


def test_authlib_renews_a_partners_token(sandbox, places):
    said = {"partner": True}
    requests.post(f"{sandbox.address}/sandbox/settings", json=said, timeout=10)
    with _session() as session:
        old = _sign_on(sandbox, places, session)
        sandbox.revoke_all("expired")
        answer = session.get(places["userinfo_endpoint"], timeout=10)
        assert answer.status_code == 401
        session.refresh_token(
            places["token_endpoint"], refresh_token=old["refresh_token"]
        )
        answer = session.get(places["userinfo_endpoint"], timeout=10)
    assert answer.json()["name"] == "Ivo Terpstra"


@pytest.fixture
def member(sandbox, places):
    """Somebody signed on: a session that says so with each call, and their URN."""
    with _session() as session:
        token = _sign_on(sandbox, places, session)
        who = session.get(places["userinfo_endpoint"], timeout=10).json()
    with requests.Session() as plain:
        plain.headers["Authorization"] = f"Bearer {token['access_token']}"
        plain.headers["LinkedIn-Version"] = "202609"
        plain.headers["X-Restli-Protocol-Version"] = "2.0.0"
        yield plain, f"urn:li:person:{who['sub']}"


def _body(author, commentary, **more):
    return {
        "author": author,
        "commentary": commentary,
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        **more,
    }


def test_a_post_with_a_picture_as_it_is_documented(sandbox, member):
    plain, author = member
    rest = f"{sandbox.address}/rest"
    told = plain.post(
        f"{rest}/images?action=initializeUpload",
        json={"initializeUploadRequest": {"owner": author}},
        timeout=10,
    ).json()["value"]
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    sent = plain.put(told["uploadUrl"], data=picture.getvalue(), timeout=10)
    assert sent.status_code == 201
    content = {"media": {"id": told["image"], "altText": "Teal"}}
    text = r"Teal \(really\) {hashtag|\#|colour}"
    answer = plain.post(
        f"{rest}/posts", json=_body(author, text, content=content), timeout=10
    )
    assert (answer.status_code, answer.content) == (201, b"")
    urn = answer.headers["x-restli-id"]
    [post] = sandbox.posts()
    assert (post["urn"], post["text"]) == (urn, "Teal (really) #colour")
    assert requests.get(f"{sandbox.address}/feed/update/{urn}/", timeout=10).ok
    for _ in range(2):
        gone = plain.delete(f"{rest}/posts/{quote(urn, safe='')}", timeout=10)
        assert gone.status_code == 204


def test_what_is_posted_cannot_be_read_back(sandbox, member):
    plain, author = member
    rest = f"{sandbox.address}/rest/posts"
    urn = plain.post(rest, json=_body(author, "Mine"), timeout=10).headers[
        "x-restli-id"
    ]
    read = plain.get(f"{rest}/{quote(urn, safe='')}", timeout=10)
    listed = plain.get(f"{rest}?q=author&author={quote(author, safe='')}", timeout=10)
    assert (read.status_code, listed.status_code) == (403, 400)
