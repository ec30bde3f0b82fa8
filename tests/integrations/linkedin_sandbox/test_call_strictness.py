"""What every call under /rest must carry."""

import pytest
import requests

from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"LinkedIn_Version": None}, 400, "VERSION_MISSING"),
        ({"LinkedIn_Version": "2026-09"}, 400, "INVALID_VERSION"),
        ({"LinkedIn_Version": "202501"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "202512"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "203001"}, 426, "NONEXISTENT_VERSION"),
        ({"X_Restli_Protocol_Version": None}, 400, "ILLEGAL_ARGUMENT"),
        ({"X_Restli_Protocol_Version": "1.0.0"}, 400, "ILLEGAL_ARGUMENT"),
        ({"Authorization": None}, 401, "EMPTY_ACCESS_TOKEN"),
        ({"Authorization": "Basic abc"}, 401, "EMPTY_ACCESS_TOKEN"),
        ({"Authorization": "Bearer unknown"}, 401, "INVALID_ACCESS_TOKEN"),
        ({"Content_Type": "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/rest/posts",
        "/rest/images?action=initializeUpload",
        "/rest/videos?action=initializeUpload",
    ],
)
def test_a_careless_header_is_refused(caller, path, headers, status, code):
    said = {
        "/rest/posts": caller.body(),
        "/rest/images?action=initializeUpload": {
            "initializeUploadRequest": {"owner": caller.author}
        },
        "/rest/videos?action=initializeUpload": {
            "initializeUploadRequest": {"owner": caller.author, "fileSizeBytes": 9}
        },
    }[path]
    assert caller.call("POST", path, said).status_code in {200, 201}
    answer = caller.call("POST", path, said, **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_dead_version_is_named_with_its_day(caller):
    answer = caller.call("GET", "/rest/posts", LinkedIn_Version="202504")
    assert answer.json()["message"] == "Requested version 20250401 is not active"


@pytest.mark.parametrize(
    ("status", "code", "number"),
    [
        ("revoked", "REVOKED_ACCESS_TOKEN", 65601),
        ("expired", "EXPIRED_ACCESS_TOKEN", 65602),
    ],
)
def test_ended_tokens_are_told_apart(sandbox, caller, status, code, number):
    sandbox.revoke_all(status)
    said = caller.post().json()
    assert (said["code"], said["serviceErrorCode"]) == (code, number)


def test_a_token_ends_with_its_time(sandbox, caller):
    sandbox.memory.tokens[caller.access.token].expires_at = 1
    assert caller.post().json()["code"] == "EXPIRED_ACCESS_TOKEN"


def test_a_missing_scope_is_named_with_resource_method_and_version(sandbox, caller):
    caller.access = sandbox.access_for("Ivo Terpstra", scopes=("openid",))
    answer = caller.post()
    assert answer.status_code == 403
    assert answer.json()["message"] == (
        "Not enough permissions to access: posts.CREATE.20260901"
    )


def test_colons_in_a_path_must_be_encoded(caller):
    urn = caller.post().headers["x-restli-id"]
    assert caller.call("DELETE", f"/rest/posts/{urn}").status_code == 400
    encoded = urn.replace(":", "%3A")
    assert caller.call("DELETE", f"/rest/posts/{encoded}").status_code == 204


def test_a_days_calls_are_counted_for_member_and_app():
    with running_sandbox(member_calls_a_day=2, app_calls_a_day=3) as sandbox:
        one = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        two = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
        assert one.post(commentary="1").status_code == 201
        assert one.post(commentary="2").status_code == 201
        member = one.post(commentary="3")
        assert member.status_code == 429
        assert "APPLICATION_AND_MEMBER DAY limit" in member.json()["message"]
        assert "Retry-After" not in member.headers
        assert two.post(commentary="4").status_code == 201
        app = two.post(commentary="5")
        assert "APPLICATION DAY limit" in app.json()["message"]


def test_every_answer_can_be_traced(caller):
    answer = caller.post()
    for name in ("x-li-uuid", "x-li-fabric", "x-li-request-id"):
        assert answer.headers[name]


def test_an_unknown_action_is_not_resolved(caller):
    for path in ("/rest/images", "/rest/videos?action=other"):
        answer = caller.call("POST", path, {})
        assert answer.status_code == 400
        assert answer.json()["code"] == "ILLEGAL_ARGUMENT"


def test_a_body_that_is_no_object_is_not_parsed(caller):
    for body in (b"[1]", b"{", b""):
        headers = caller.headers(Content_Type="application/json")
        answer = requests.post(
            f"{caller.sandbox.address}/rest/posts",
            data=body,
            headers=headers,
            timeout=10,
        )
        assert answer.status_code == 400
