"""What people see of the pretend server, and its handles."""

import socket
import subprocess
import sys
import time

import requests

from tests.integrations.linkedin.samples import make_picture


def _get(sandbox, path):
    return requests.get(f"{sandbox.address}{path}", timeout=10)


def _status(sandbox, access, text, **fields):
    headers = {"Authorization": f"Bearer {access.token}"}
    answer = requests.post(
        f"{sandbox.address}/api/v1/statuses",
        json={"status": text} | fields,
        headers=headers,
        timeout=10,
    )
    return answer.json()


def test_the_feed_shows_what_came(sandbox, tmp_path):
    access = sandbox.access_for("Ivo Terpstra")
    with make_picture(tmp_path).open("rb") as data:
        media = requests.post(
            f"{sandbox.address}/api/v2/media",
            files={"file": ("p.jpg", data, "image/jpeg")},
            data={"description": "Grey <noise>"},
            headers={"Authorization": f"Bearer {access.token}"},
            timeout=10,
        ).json()
    text = "A <b> & https://veenstroom.example/x?a=1."
    made = _status(sandbox, access, text, media_ids=[media["id"]])

    for path in ("/", "/home", "/@ivo_terpstra", f"/web/statuses/{made['id']}"):
        page = _get(sandbox, path).text
        assert "A &lt;b&gt; &amp; <a" in page
        assert '<a href="https://veenstroom.example/x?a=1">' in page
        assert 'alt="Grey &lt;noise&gt;"' in page
        assert page.count("<h1>") == 1
    assert "Ivo Terpstra" in requests.get(made["url"], timeout=10).text
    assert _get(sandbox, "/@nobody").status_code == 404
    assert _get(sandbox, f"/@nobody/{made['id']}").status_code == 404
    assert _get(sandbox, "/statuses/17").status_code == 404


def test_a_post_can_be_written_by_hand(sandbox):
    address = f"{sandbox.address}/share"
    page = requests.get(address, params={"text": "From the library"}, timeout=10).text
    assert "From the library" in page
    fields = {"text": "By hand", "other": "Tjitske Rinsma"}
    answer = requests.post(address, data=fields, timeout=10)
    assert "A post by Tjitske Rinsma" in answer.text
    for wrong in ({"text": "x"}, {"other": "Y"}, {"text": "x" * 501, "other": "Y"}):
        refused = requests.post(address, data=wrong, timeout=10)
        assert refused.status_code == 422
        assert 'aria-invalid="true"' in refused.text
    assert len(sandbox.statuses()) == 1


def test_the_handles_work_for_people_and_for_programs(sandbox):
    access = sandbox.access_for("Ivo Terpstra")
    faults = f"{sandbox.address}/sandbox/faults"
    html = {"Accept": "text/html"}
    answer = requests.post(
        faults, data={"fault": "unavailable"}, headers=html, timeout=10
    )
    assert answer.url.endswith("/home")
    assert _status(sandbox, access, "x")["error"].startswith("There was a temporary")
    assert _status(sandbox, access, "x")["text"] == "x"
    assert requests.post(faults, data={"fault": "no"}, timeout=10).status_code == 422
    requests.post(f"{sandbox.address}/sandbox/forget", timeout=10)
    assert sandbox.statuses() == []
    assert "Nothing received yet" in _get(sandbox, "/home").text


def test_names_that_look_the_same_are_two_members(sandbox):
    one, two = (sandbox.access_for(name).member_id for name in ("Zoë X", "Zoe X"))
    assert one != two
    members = sandbox.memory.members
    assert members[one].username != members[two].username


def test_it_is_a_program_of_its_own():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    words = [sys.executable, "-m", "integrations.mastodon_sandbox"]
    words += ["--port", str(port), "--member", "Sanne Oosterling"]
    with subprocess.Popen(words) as server:
        try:
            page = _when_it_answers(f"http://127.0.0.1:{port}/share")
        finally:
            server.terminate()
    assert "Sanne Oosterling" in page


def _when_it_answers(address):
    until = time.monotonic() + 30
    while True:
        try:
            return requests.get(address, timeout=10).text
        except requests.ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
