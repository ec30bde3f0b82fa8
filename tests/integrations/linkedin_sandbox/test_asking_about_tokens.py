"""What the pretend network tells about a token, and about the member behind it."""

import requests


def _introspect(sandbox, **changes):
    given = {
        "client_id": "pretend-client",
        "client_secret": "pretend-secret",
    } | changes
    return requests.post(
        f"{sandbox.address}/oauth/v2/introspectToken", data=given, timeout=10
    )


def test_introspection_tells_taken_from_ended(sandbox):
    token = sandbox.access_for("Ivo Terpstra").token
    said = _introspect(sandbox, token=token).json()
    assert said["active"] is True
    assert said["scope"] == "openid,profile,w_member_social"
    assert said["expires_at"] - said["created_at"] == 5184000
    sandbox.memory.tokens[token].expires_at = 0
    assert _introspect(sandbox, token=token).json()["status"] == "expired"
    sandbox.revoke_all()
    said = _introspect(sandbox, token=token).json()
    assert (said["active"], said["status"]) == (False, "revoked")


def test_introspection_has_its_own_statuses(sandbox):
    token = sandbox.access_for("Ivo Terpstra").token
    assert _introspect(sandbox, token="unknown").status_code == 400
    assert _introspect(sandbox, token=token, client_id="x").status_code == 400
    assert _introspect(sandbox, token=token, client_secret="x").status_code == 401


def test_userinfo_tells_name_and_id_and_no_mail_address(caller):
    said = caller.call("GET", "/v2/userinfo", LinkedIn_Version=None).json()
    assert said["sub"] == caller.access.member_id
    assert said["name"] == "Ivo Terpstra"
    assert "email" not in said


def test_userinfo_needs_its_scopes(sandbox, caller):
    caller.access = sandbox.access_for("Ivo Terpstra", scopes=("w_member_social",))
    answer = caller.call("GET", "/v2/userinfo")
    assert answer.status_code == 403
    assert answer.json()["message"].endswith("userinfo.GET.NO_VERSION")
