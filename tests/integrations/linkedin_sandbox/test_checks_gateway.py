"""Checks 9 to 13: what stands before every call. A careless client fails, ours passes."""

import json

import pytest
import requests

from advocacy.web.logs import set_up_logs
from integrations.errors import AccessExpired, NotDone, OutcomeUnknown, VersionGone
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.figures import LinkedInFigures
from integrations.network import Access, PostDraft
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox

POST = "/rest/posts"


@pytest.fixture
def linkedin(sandbox):
    return LinkedIn(sandbox.settings_for_client())


def _set(sandbox, **said):
    requests.post(f"{sandbox.address}/sandbox/settings", json=said, timeout=10)


def _create(linkedin, access, text="A post"):
    return linkedin.open_line(access).create(linkedin.prepare(access, PostDraft(text)))


@pytest.mark.parametrize(
    ("version", "status", "code"),
    [
        (None, 400, "VERSION_MISSING"),
        ("2026-09", 400, "INVALID_VERSION"),
        ("20260901", 400, "INVALID_VERSION"),
        ("202511", 426, "NONEXISTENT_VERSION"),
        ("202512", 426, "NONEXISTENT_VERSION"),
        ("209901", 426, "NONEXISTENT_VERSION"),
    ],
)
def test_check_09_careless_no_version_a_wrong_or_an_old_one(
    caller, version, status, code
):
    answer = caller.call("POST", POST, caller.body(), LinkedIn_Version=version)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_check_09_careless_a_version_that_never_was():
    with running_sandbox(oldest_version="202501") as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        found = [
            caller.call("POST", POST, caller.body(), LinkedIn_Version=one).status_code
            for one in ("202511", "202512")
        ]
    assert found == [201, 426]


def test_check_09_careless_a_resource_newer_than_the_version():
    with running_sandbox(oldest_version="202501") as sandbox:
        caller = Caller(sandbox, sandbox.figures_access_for("Ivo Terpstra"))
        path = "/rest/memberCreatorPostAnalytics?q=me&queryType=COMMENT"
        answer = caller.call("GET", path, LinkedIn_Version="202503")
    assert answer.status_code == 404
    assert answer.json()["message"] == "No virtual resource found"


def test_check_09_careless_signing_on_says_nothing_of_a_dead_version(sandbox, caller):
    _set(sandbox, dead_versions=["202609"])
    assert caller.call("GET", "/v2/userinfo").status_code == 200
    answer = caller.post()
    assert answer.status_code == 426
    assert answer.json()["message"] == "Requested version 20260901 is not active"


def test_check_09_ours_says_that_the_version_is_gone(sandbox, linkedin):
    access = sandbox.access_for("Ivo Terpstra")
    assert _create(linkedin, access)
    _set(sandbox, dead_versions=["202609"])
    with pytest.raises(VersionGone):
        _create(linkedin, access, "Another")
    reader = LinkedInFigures(sandbox.settings_for_figures())
    with pytest.raises(VersionGone):
        reader.figures(sandbox.figures_access_for("Ivo Terpstra"), "urn:li:share:1")


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Restli_Protocol_Version": None},
        {"X_Restli_Protocol_Version": "1.0.0"},
    ],
)
def test_check_10_careless_another_protocol(caller, headers):
    answer = caller.call("POST", POST, caller.body(), **headers)
    assert answer.status_code == 400


def test_check_10_careless_a_body_that_does_not_say_it_is_json(caller):
    answer = requests.post(
        f"{caller.sandbox.address}{POST}",
        data=b"{}",
        headers=caller.headers(),
        timeout=10,
    )
    assert answer.status_code == 415


@pytest.mark.parametrize("field", ["scheduledAt", "idempotencyKey"])
def test_check_10_careless_a_field_that_does_not_exist(caller, field):
    answer = caller.post(**{field: "x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "UNPERMITTED_FIELD")


def test_check_10_ours_sends_what_is_known_and_says_so(sandbox, linkedin):
    _create(linkedin, sandbox.access_for("Ivo Terpstra"))
    [post] = sandbox.posts()
    assert post["headers"] == {
        "LinkedIn-Version": "202609",
        "X-Restli-Protocol-Version": "2.0.0",
    }


@pytest.mark.parametrize(
    ("token", "number", "code"),
    [
        (None, None, "EMPTY_ACCESS_TOKEN"),
        ("Bearer unheard", 65600, "INVALID_ACCESS_TOKEN"),
        ("Token x", None, "EMPTY_ACCESS_TOKEN"),
    ],
)
def test_check_11_careless_no_token_or_an_unknown_one(caller, token, number, code):
    answer = caller.call("POST", POST, caller.body(), Authorization=token)
    said = answer.json()
    assert (answer.status_code, said["code"]) == (401, code)
    assert said.get("serviceErrorCode") == number


@pytest.mark.parametrize(
    ("ended", "number", "code"),
    [
        ("revoked", 65601, "REVOKED_ACCESS_TOKEN"),
        ("expired", 65602, "EXPIRED_ACCESS_TOKEN"),
    ],
)
def test_check_11_careless_a_token_that_has_ended(sandbox, caller, ended, number, code):
    sandbox.revoke_all(ended)
    said = caller.post().json()
    assert (said["serviceErrorCode"], said["code"]) == (number, code)


def test_check_11_careless_a_token_without_the_scope(sandbox):
    caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra", ("openid", "profile")))
    answer = caller.post()
    assert (answer.status_code, answer.json()["serviceErrorCode"]) == (403, 100)
    assert answer.json()["message"] == (
        "Not enough permissions to access: posts.CREATE.20260901"
    )


@pytest.mark.parametrize("ended", ["revoked", "expired", "unknown", "scopeless"])
def test_check_11_ours_asks_for_a_new_connection_in_all_these_cases(
    sandbox, linkedin, ended
):
    access = sandbox.access_for("Ivo Terpstra")
    body = linkedin.prepare(access, PostDraft("A post"))
    if ended == "unknown":
        access = Access("unheard", access.member_id)
    elif ended == "scopeless":
        access = sandbox.access_for("Ivo Terpstra", ("openid",))
    else:
        sandbox.revoke_all(ended)
    with pytest.raises(AccessExpired):
        linkedin.open_line(access).create(body)


def test_check_12_careless_going_on_after_the_days_last_call(sandbox, caller):
    _set(sandbox, member_calls_a_day=2)
    found = [caller.post(commentary=str(number)) for number in range(4)]
    assert [one.status_code for one in found] == [201, 201, 429, 429]
    assert "Retry-After" not in found[2].headers
    assert found[2].json() == {
        "status": 429,
        "serviceErrorCode": 101,
        "code": "TOO_MANY_REQUESTS",
        "message": "Resource level throttle APPLICATION_AND_MEMBER DAY limit for "
        "calls to this resource is reached.",
    }


def test_check_12_careless_asking_who_somebody_is_all_day_long(sandbox, caller):
    _set(sandbox, app_calls_a_day=3)
    for _ in range(3):
        assert caller.call("GET", "/v2/userinfo").ok
    answer = caller.post()
    assert "throttle APPLICATION DAY limit" in answer.json()["message"]


def test_check_12_the_real_limits_are_known():
    with running_sandbox() as sandbox:
        real = sandbox.memory.settings.limited()
    assert (real.member_calls_a_day, real.app_calls_a_day) == (150, 100_000)
    figures = (real.figures_member_calls_a_day, real.figures_app_calls_a_day)
    assert figures == (100, 500)


def test_check_12_ours_stops_until_midnight(sandbox, linkedin):
    access = sandbox.access_for("Ivo Terpstra")
    _set(sandbox, member_calls_a_day=1)
    assert _create(linkedin, access)
    with pytest.raises(NotDone) as caught:
        _create(linkedin, access, "Another")
    assert caught.value.until_midnight_utc
    tomorrow = {"advance_seconds": 86400}
    requests.post(f"{sandbox.address}/sandbox/clock", json=tomorrow, timeout=10)
    assert _create(linkedin, access, "Another")


@pytest.mark.parametrize("version", ["202609", None])
def test_check_13_every_answer_can_be_traced(caller, version):
    answer = caller.call("POST", POST, caller.body(), LinkedIn_Version=version)
    for name in ("x-li-uuid", "x-li-fabric", "x-li-request-id"):
        assert answer.headers[name]


def test_check_13_ours_writes_down_where_to_ask(sandbox, linkedin, capsys):
    access = sandbox.access_for("Ivo Terpstra")
    sandbox.set_fault("error_without_commit")
    set_up_logs()
    with pytest.raises(OutcomeUnknown):
        _create(linkedin, access)
    [line] = capsys.readouterr().err.splitlines()
    written = json.loads(line)
    assert written["event"] == "create_answered"
    assert written["code"] == "500 INTERNAL_SERVER_ERROR"
    for name in ("x-li-uuid", "x-li-fabric", "x-li-request-id"):
        assert written[name]
