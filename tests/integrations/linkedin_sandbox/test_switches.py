"""What can be set while the network runs, over HTTP."""

import pytest
import requests

from integrations.clock import now
from tests.integrations.linkedin_sandbox.calling import Caller

SETTINGS = "/sandbox/settings"


def _get(sandbox, path):
    return requests.get(f"{sandbox.address}{path}", timeout=10).json()


def _set(sandbox, path, **said):
    return requests.post(f"{sandbox.address}{path}", json=said, timeout=10)


def test_what_is_set_is_told_and_the_rest_stays(sandbox):
    before = _get(sandbox, SETTINGS)
    assert _set(sandbox, SETTINGS, slow_seconds=3, strict_text=True).ok
    changed = {"slow_seconds": 3.0, "strict_text": True}
    assert _get(sandbox, SETTINGS) == before | changed
    assert "client_secret" not in before


def test_everything_told_can_be_set_again_as_it_is(sandbox):
    before = _get(sandbox, SETTINGS)
    assert _set(sandbox, SETTINGS, **before).ok
    assert _get(sandbox, SETTINGS) == before


def test_a_form_sets_too(sandbox):
    address = f"{sandbox.address}{SETTINGS}"
    form = {"ghost_duplicates": "yes", "dead_versions": "202608, 202609"}
    assert requests.post(address, data=form, timeout=10).status_code == 204
    said = _get(sandbox, SETTINGS)
    assert said["ghost_duplicates"] is True
    assert said["dead_versions"] == ["202608", "202609"]


@pytest.mark.parametrize(
    "said",
    [
        {"folder": "/"},
        {"client_secret": "x"},
        {"slow_seconds": "soon"},
        {"slow_seconds": -1},
        {"slow_seconds": "nan"},
        {"strict_text": "perhaps"},
        {"member_calls_a_day": -1},
        {"dead_versions": ["september"]},
    ],
)
def test_what_cannot_be_is_refused_whole(sandbox, said):
    before = _get(sandbox, SETTINGS)
    answer = _set(sandbox, SETTINGS, duplicate_seconds=1, **said)
    assert answer.status_code == 422
    assert _get(sandbox, SETTINGS) == before


def test_a_version_is_taken_out_of_service_and_brought_back(sandbox, caller):
    _set(sandbox, SETTINGS, dead_versions=["202609"])
    assert caller.post().json()["message"] == "Requested version 20260901 is not active"
    assert caller.call("GET", "/v2/userinfo").ok
    _set(sandbox, SETTINGS, dead_versions=[])
    assert caller.post().status_code == 201


def test_a_days_calls_can_be_nearly_used_up(sandbox, caller):
    _set(sandbox, SETTINGS, member_calls_a_day=150, app_calls_a_day=100_000)
    _set(sandbox, "/sandbox/calls", member="Ivo Terpstra", calls=149)
    assert caller.post(commentary="The last one").status_code == 201
    assert caller.post(commentary="One too many").status_code == 429
    assert {
        "client_id": "pretend-client",
        "member": caller.access.member_id,
        "calls": 151,
    } in _get(sandbox, "/sandbox/calls.json")["calls"]
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert other.post().status_code == 201
    _set(sandbox, "/sandbox/calls", calls=100_000)
    refused = other.post(commentary="Too many in all")
    assert "throttle APPLICATION DAY limit" in refused.json()["message"]
    _set(sandbox, "/sandbox/calls", calls=0)
    _set(sandbox, "/sandbox/calls", member="Ivo Terpstra", calls=0)
    assert caller.post(commentary="A new day").status_code == 201


def test_the_second_app_has_counters_of_its_own(sandbox, caller):
    figures = Caller(sandbox, sandbox.figures_access_for("Ivo Terpstra"))
    _set(sandbox, SETTINGS, figures_member_calls_a_day=1)
    assert figures.call("GET", "/rest/me").ok
    assert figures.call("GET", "/rest/me").status_code == 429
    assert caller.post().status_code == 201
    app = {"client_id": "pretend-figures-client", "member": "Ivo Terpstra"}
    _set(sandbox, "/sandbox/calls", **app, calls=0)
    assert figures.call("GET", "/rest/me").ok


@pytest.mark.parametrize("said", [{"calls": -1}, {}, {"calls": 1, "client_id": "x"}])
def test_counters_are_set_to_numbers_of_known_apps(sandbox, said):
    assert _set(sandbox, "/sandbox/calls", **said).status_code == 422


def test_the_clock_is_put_forward_for_everything(sandbox, caller):
    before = now().timestamp()
    caller.post()
    assert _set(sandbox, "/sandbox/clock", advance_seconds=9 * 60).ok
    assert caller.post().status_code == 422
    assert _set(sandbox, "/sandbox/clock", advance_seconds=61).ok
    assert caller.post().status_code == 201
    first, second = (post["received_at"] for post in sandbox.posts())
    assert 601 <= second - first < 700
    assert first - before < 60
    _set(sandbox, "/sandbox/clock", advance_seconds=61 * 86400)
    assert caller.post().json()["code"] == "EXPIRED_ACCESS_TOKEN"
    assert _set(sandbox, "/sandbox/clock", advance_seconds="x").status_code == 422


def test_a_day_ends_at_midnight_of_the_networks_clock(sandbox, caller):
    _set(sandbox, SETTINGS, member_calls_a_day=1)
    assert caller.post(commentary="1").status_code == 201
    assert caller.post(commentary="2").status_code == 429
    _set(sandbox, "/sandbox/clock", advance_seconds=86400)
    assert caller.post(commentary="2").status_code == 201


def test_a_new_token_takes_its_time_to_be_known(sandbox):
    _set(sandbox, SETTINGS, slow_to_know_seconds=3600)
    caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
    assert caller.post().json()["serviceErrorCode"] == 65601
    _set(sandbox, "/sandbox/clock", advance_seconds=3600)
    assert caller.post().status_code == 201


def test_one_members_tokens_can_be_ended_and_those_of_one_app(sandbox):
    ivo, tjitske = (sandbox.access_for(one).token for one in ("Ivo", "Tjitske"))
    figures = sandbox.figures_access_for("Ivo").token

    def states():
        tokens = sandbox.memory.tokens
        return [tokens[one].status for one in (ivo, tjitske, figures)]

    _set(sandbox, "/sandbox/tokens/expired", member="Tjitske")
    assert states() == ["active", "expired", "active"]
    _set(
        sandbox,
        "/sandbox/tokens/revoked",
        member="Ivo",
        client_id="pretend-figures-client",
    )
    assert states() == ["active", "expired", "revoked"]
    _set(sandbox, "/sandbox/tokens/revoked")
    assert states() == ["revoked"] * 3
