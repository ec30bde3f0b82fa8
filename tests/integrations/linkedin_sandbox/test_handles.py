"""The handles of whoever tries things out: faults, ended tokens, a look inside."""

import re

import requests


def test_faults_are_set_and_forgotten_over_http(caller, sandbox):
    address = f"{sandbox.address}/sandbox/faults"
    assert requests.post(address, json={"fault": "day_limit"}, timeout=10).ok
    page = requests.get(f"{sandbox.address}/feed/", timeout=10).text
    assert re.search(r'value="day_limit" checked', page)
    assert caller.post().status_code == 429
    assert caller.post().status_code == 201
    sandbox.set_fault("error_without_commit", times=2)
    statuses = [caller.post(commentary=str(number)).status_code for number in range(3)]
    assert statuses == [500, 500, 201]
    sandbox.set_fault("busy", times=-1)
    assert {caller.post().status_code for _ in range(3)} == {429}
    assert requests.post(address, data={"fault": "x"}, timeout=10).status_code == 422


def test_the_pages_buttons_lead_back_to_the_feed(sandbox):
    for path in ("faults", "tokens/revoked", "forget"):
        answer = requests.post(
            f"{sandbox.address}/sandbox/{path}",
            data={"fault": "slow"},
            headers={"Accept": "text/html,*/*"},
            timeout=10,
        )
        assert answer.url == f"{sandbox.address}/feed/"


def test_create_calls_are_counted_whatever_became_of_them(caller, sandbox):
    caller.post()
    caller.post(LinkedIn_Version=None)
    sandbox.set_fault("error_without_commit")
    caller.post()
    found = requests.get(f"{sandbox.address}/sandbox/posts.json", timeout=10).json()
    assert found["creates"] == sandbox.creates == 3
    assert len(found["posts"]) == 1
