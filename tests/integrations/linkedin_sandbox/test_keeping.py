"""What the network remembers from one run to the next, and as a process of its own."""

import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests

from integrations.errors import OutcomeUnknown
from integrations.linkedin.client import LinkedIn
from integrations.network import Access, Picture, PostDraft
from tests.integrations.linkedin.samples import make_picture
from tests.integrations.linkedin.scripted import settings_for
from tests.integrations.linkedin_sandbox.serving import running_sandbox

ROOT = Path(__file__).parents[3]


def test_posts_members_tokens_and_media_outlast_a_run(tmp_path):
    network = tmp_path / "network"
    picture = make_picture(tmp_path)
    with running_sandbox(folder=network) as sandbox:
        linkedin = LinkedIn(sandbox.settings_for_client())
        access = sandbox.access_for("Ivo Terpstra")
        draft = PostDraft("Kept", pictures=[Picture(picture, "Noise")])
        first = linkedin.open_line(access).create(linkedin.prepare(access, draft))
    with running_sandbox(folder=network) as sandbox:
        [post] = sandbox.posts()
        assert (post["urn"], post["text"]) == (first, "Kept")
        [address] = post["media"]
        media = requests.get(f"{sandbox.address}{address}", timeout=10)
        assert media.content == picture.read_bytes()
        linkedin = LinkedIn(sandbox.settings_for_client())
        body = linkedin.prepare(access, PostDraft("Second"))
        assert linkedin.open_line(access).create(body) != first
        assert sandbox.access_for("Ivo Terpstra").member_id == access.member_id
        requests.post(f"{sandbox.address}/sandbox/forget", timeout=10)
    with running_sandbox(folder=network) as sandbox:
        assert sandbox.posts() == []
        assert access.token in sandbox.memory.tokens
    assert list((network / "media").iterdir()) == []


def test_what_is_written_down_is_whole_json(tmp_path):
    with running_sandbox(folder=tmp_path) as sandbox:
        threads = [
            threading.Thread(target=_post, args=(sandbox.address, sandbox, number))
            for number in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(sandbox.posts()) == 8
    kept = json.loads((tmp_path / "network.json").read_text())
    assert len({post["urn"] for post in kept["posts"]}) == 8


def _post(address, sandbox, number):
    linkedin = LinkedIn(settings_for(address))
    access = sandbox.access_for(f"Member {number}")
    body = linkedin.prepare(access, PostDraft(f"Post {number}"))
    linkedin.open_line(access).create(body)


@pytest.fixture
def process(tmp_path):
    """The network as its own process, started again by calling it again."""
    running = []
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "integrations.linkedin_sandbox"]
    command += ["--folder", str(tmp_path / "network"), "--port", str(port)]
    command += ["--member", "Ivo Terpstra", "--redirect", "http://localhost/back"]

    def start():
        running.append(subprocess.Popen(command, cwd=ROOT))
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                requests.get(address, timeout=5)
            except requests.ConnectionError:
                time.sleep(0.05)
            else:
                return address, running[-1]
        raise AssertionError("the network did not start")

    yield start
    for one in running:
        one.kill()
        one.wait()


def _connect(address):
    """A sign-on by hand, for a network in another process."""
    answer = requests.post(
        f"{address}/oauth/v2/authorization",
        data={
            "response_type": "code",
            "client_id": "pretend-client",
            "redirect_uri": "http://localhost/back",
            "scope": "openid profile w_member_social",
            "member": "Ivo Terpstra",
            "decision": "allow",
        },
        allow_redirects=False,
        timeout=10,
    )
    trade = {
        "grant_type": "authorization_code",
        "code": answer.headers["Location"].partition("code=")[2],
        "redirect_uri": "http://localhost/back",
        "client_id": "pretend-client",
        "client_secret": "pretend-secret",
    }
    said = requests.post(f"{address}/oauth/v2/accessToken", data=trade, timeout=10)
    return Access(said.json()["access_token"], "pretend0001")


def test_a_killed_process_comes_back_with_all_it_had_answered(process):
    address, running = process()
    access = _connect(address)
    linkedin = LinkedIn(settings_for(address))
    body = linkedin.prepare(access, PostDraft("Before the end"))
    urn = linkedin.open_line(access).create(body)
    running.kill()
    running.wait()
    address, running = process()
    found = requests.get(f"{address}/sandbox/posts.json", timeout=10).json()
    assert [post["urn"] for post in found["posts"]] == [urn]
    running.terminate()
    assert running.wait(timeout=5) != 0  # ended by the signal, at once


def test_a_process_keeps_linkedins_limits(process):
    address, _ = process()
    said = requests.get(f"{address}/sandbox/settings", timeout=10).json()
    assert (said["member_calls_a_day"], said["app_calls_a_day"]) == (150, 100_000)


def test_a_slow_answer_keeps_nobody_else_waiting(process):
    address, running = process()
    access = _connect(address)
    fault = {"fault": "slow"}
    requests.post(f"{address}/sandbox/faults", json=fault, timeout=10)
    linkedin = LinkedIn(settings_for(address))
    line = linkedin.open_line(access)
    body = linkedin.prepare(access, PostDraft("Takes forty seconds"))
    waiting = threading.Thread(target=_in_doubt, args=(line, body), daemon=True)
    waiting.start()
    time.sleep(0.2)
    for _ in range(10):
        assert requests.get(f"{address}/feed/", timeout=2).ok
    other = linkedin.prepare(access, PostDraft("Goes at once"))
    assert linkedin.open_line(access).create(other)
    assert waiting.is_alive()
    running.kill()
    waiting.join(timeout=5)


def _in_doubt(line, body):
    with pytest.raises(OutcomeUnknown):
        line.create(body)
