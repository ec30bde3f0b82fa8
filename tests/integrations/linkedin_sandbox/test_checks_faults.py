"""Check 21: what a client believes when the answer to a create call is lost or late."""

import time

import pytest
import requests

from integrations.errors import OutcomeUnknown
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.settings import Patience
from integrations.network import PostDraft
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox

FAULTS = {
    "drop_after_commit": 1,
    "gateway_timeout_after_commit": 1,
    "error_without_commit": 0,
    "slow": 1,
}


@pytest.fixture
def forgetful():
    """A network whose duplicate rule fails, as some reports say it does."""
    with running_sandbox(duplicate_seconds=-1, slow_seconds=0.6) as sandbox:
        yield sandbox


def _careless_create(caller):
    """Tries up to three times, as most libraries do when told to retry."""
    for _ in range(3):
        try:
            answer = requests.post(
                f"{caller.sandbox.address}/rest/posts",
                json=caller.body(),
                headers=caller.headers(),
                timeout=0.3,
            )
        except (requests.ConnectionError, requests.Timeout):
            continue
        if answer.status_code == 201:
            return


def _wait_for_posts(sandbox, number):
    until = time.monotonic() + 10
    while len(sandbox.posts()) < number and time.monotonic() < until:
        time.sleep(0.05)
    return len(sandbox.posts())


@pytest.mark.parametrize("fault", [name for name, made in FAULTS.items() if made])
def test_check_21_careless_trying_again_posts_twice(forgetful, fault):
    caller = Caller(forgetful, forgetful.access_for("Ivo Terpstra"))
    forgetful.set_fault(fault)
    _careless_create(caller)
    assert _wait_for_posts(forgetful, 2) == 2


@pytest.mark.parametrize(("fault", "made"), FAULTS.items())
def test_check_21_ours_sends_once_and_says_that_it_does_not_know(
    forgetful, fault, made
):
    access = forgetful.access_for("Ivo Terpstra")
    patience = Patience(connect=2, answer=0.3)
    linkedin = LinkedIn(forgetful.settings_for_client(patience=patience))
    forgetful.set_fault(fault)
    line = linkedin.open_line(access)
    with pytest.raises(OutcomeUnknown):
        line.create(linkedin.prepare(access, PostDraft("A post")))
    assert _wait_for_posts(forgetful, made) == made
    assert forgetful.creates == 1
