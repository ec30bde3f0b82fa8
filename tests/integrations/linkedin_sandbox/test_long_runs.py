"""What a long run with many faults stands on: the mix, and the log that judges it."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
import requests

from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox

MIX = {
    "unavailable_without_commit": 20,
    "drop_before_commit": 20,
    "drop_after_commit": 20,
    "late_after_commit": 10,
}


def _set(sandbox, said):
    return requests.post(f"{sandbox.address}/sandbox/faults", json=said, timeout=10)


def _creates(sandbox, after=0):
    address = f"{sandbox.address}/sandbox/creates.json?after={after}"
    return requests.get(address, timeout=10).json()["creates"]


def _outcome(caller, text):
    try:
        return caller.post(commentary=text).status_code
    except requests.ConnectionError:
        return "broken"


def _run(caller, texts, threads=4):
    with ThreadPoolExecutor(threads) as pool:
        outcomes = pool.map(lambda text: _outcome(caller, text), texts)
        return dict(zip(texts, outcomes, strict=True))


def test_the_same_seed_brings_the_same_luck_in_any_order():
    texts = [f"Post {number}" for number in range(60)]
    seen = []
    for seed, order in ((7, texts), (7, texts[::-1]), (8, texts)):
        with running_sandbox(slow_seconds=0.01) as sandbox:
            caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
            assert _set(sandbox, {"mix": MIX, "seed": seed}).ok
            seen.append(_run(caller, order))
    assert seen[0] == seen[1] != seen[2]
    found = Counter(seen[0].values())
    assert set(found) == {201, 503, "broken"}


def test_the_log_tells_of_each_call_what_became_of_it():
    with running_sandbox(slow_seconds=0.01) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        _set(sandbox, {"mix": MIX, "seed": 3})
        _run(caller, [f"Post {number}" for number in range(60)])
        urns = {post["urn"] for post in sandbox.posts()}
        log = _creates(sandbox)
    assert [call["n"] for call in log] == list(range(1, 61))
    assert {call["urn"] for call in log if call["committed"]} == urns
    assert {call["member"] for call in log} == {caller.access.member_id}
    told = {(call["fault"], call["committed"], call["answered"]) for call in log}
    assert told == {
        ("behave", True, "201"),
        ("unavailable_without_commit", False, "503"),
        ("drop_before_commit", False, "nothing"),
        ("drop_after_commit", True, "nothing"),
        ("late_after_commit", True, "201"),
    }
    assert all(call["answered_at"] >= call["received_at"] > 0 for call in log)


def test_the_log_names_the_bytes_and_counts_their_comings(sandbox, caller):
    body = json.dumps(caller.body()).encode()
    headers = caller.headers(Content_Type="application/json")
    address = f"{sandbox.address}/rest/posts"
    for _ in range(2):
        requests.post(address, data=body, headers=headers, timeout=10)
    caller.post(LinkedIn_Version="202501")
    first, second, third = _creates(sandbox)
    assert first["sha256"] == second["sha256"] == sha256(body).hexdigest()
    assert (first["time"], second["time"]) == (1, 2)
    assert (second["committed"], second["answered"]) == (False, "422")
    assert third["sha256"] != first["sha256"]
    assert _creates(sandbox, after=2) == [third]


def test_calls_without_a_good_header_are_in_the_log_too(caller, sandbox):
    path = "/rest/posts"
    caller.call("POST", path, caller.body(), LinkedIn_Version="202501")
    caller.call("POST", path, caller.body(), Authorization="Bearer unknown")
    caller.call("GET", path)
    old, nobody = _creates(sandbox)
    assert (old["answered"], old["member"]) == ("426", caller.access.member_id)
    assert (nobody["answered"], nobody["member"]) == ("401", "")


def test_a_single_fault_comes_before_the_mix(sandbox, caller):
    _set(sandbox, {"mix": {"busy": 100}})
    sandbox.set_fault("conflict")
    found = [_outcome(caller, text) for text in ("one", "two", "three")]
    assert found == [409, 429, 429]
    _set(sandbox, {"mix": {}})
    assert _outcome(caller, "four") == 201


def test_what_is_set_can_be_asked(sandbox):
    _set(sandbox, {"mix": {"busy": 2.5}, "seed": 9, "fault": "slow", "times": 3})
    said = requests.get(f"{sandbox.address}/sandbox/faults", timeout=10).json()
    assert (said["mix"], said["seed"]) == ({"busy": 2.5}, 9)
    assert (said["fault"], said["times"]) == ("slow", 3)
    names = {one["fault"]: one["commits"] for one in said["faults"]}
    assert names["late_after_commit"]
    assert not names["unavailable_without_commit"]


@pytest.mark.parametrize(
    "said",
    [
        {"mix": {"unheard": 1}},
        {"mix": {"busy": 60, "slow": 41}},
        {"mix": {"busy": -1}},
        {"mix": {"busy": "many"}},
        {"mix": {"busy": "nan"}},
        {"mix": 3},
        {"fault": "busy", "times": "often"},
    ],
)
def test_a_mix_that_is_none_is_refused_and_changes_nothing(sandbox, said):
    assert _set(sandbox, said).status_code == 422
    assert sandbox.memory.fault_mix.percents == {}
    assert sandbox.memory.fault == "behave"


def test_the_log_outlasts_a_run(tmp_path):
    with running_sandbox(folder=tmp_path) as sandbox:
        Caller(sandbox, sandbox.access_for("Ivo Terpstra")).post()
        before = _creates(sandbox)
    with running_sandbox(folder=tmp_path) as sandbox:
        assert _creates(sandbox) == before
        Caller(sandbox, sandbox.access_for("Ivo Terpstra")).post(commentary="Second")
        assert [call["n"] for call in _creates(sandbox)] == [1, 2]


def test_a_forgetful_network_writes_nothing_down(tmp_path):
    with running_sandbox(folder=tmp_path, keeps=False) as sandbox:
        Caller(sandbox, sandbox.access_for("Ivo Terpstra")).post()
        assert len(_creates(sandbox)) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["media"]
