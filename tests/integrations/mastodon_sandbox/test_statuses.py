"""Statuses: the pretend server says no where Mastodon would."""

import pytest
import requests

from tests.integrations.mastodon_sandbox.calling import call, post
from tests.integrations.mastodon_sandbox.serving import running_mastodon


def test_a_key_makes_one_status_for_each_member(sandbox, access):
    first = post(sandbox, access, key="k")
    # Mastodon looks at the key alone.
    again = post(sandbox, access, "Something else", key="k")
    assert again.status_code == 200
    assert again.json()["id"] == first.json()["id"]
    assert again.json()["text"] == "Right"
    other = post(sandbox, sandbox.access_for("Tjitske Rinsma"), key="k")
    assert other.json()["id"] != first.json()["id"]
    assert len(sandbox.statuses()) == 2


def test_a_key_is_forgotten_in_time():
    with running_mastodon(key_seconds=-1) as sandbox:
        access = sandbox.access_for("Ivo Terpstra")
        ids = {post(sandbox, access, key="k").json()["id"] for _ in range(2)}
    assert len(ids) == 2


def test_without_a_key_the_same_text_is_taken_twice(sandbox, access):
    assert post(sandbox, access).json()["id"] != post(sandbox, access).json()["id"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("x" * 500, True),
        ("x" * 501, False),
        ("😀" * 500, True),
        ("👩‍👩‍👧" * 500, True),
        ("é" * 500, True),
        ("👍🏽" * 501, False),
        ("https://veenstroom.example/" + "x" * 900, True),
        (f"{'x' * 476} https://veenstroom.example/{'y' * 90}", True),
        (f"{'x' * 477} https://veenstroom.example/{'y' * 90}.", False),
        (f"{'x' * 490} @veenstroom@mastodon.example", False),
        (f"{'x' * 488} @veenstroom@mastodon.example", True),
        ("  ", False),
    ],
)
def test_a_text_is_as_long_as_it_looks(sandbox, access, text, taken):
    answer = post(sandbox, access, text)
    assert (answer.status_code == 200) is taken
    assert taken or answer.status_code == 422
    assert taken or answer.json()["error"].startswith("Validation failed: ")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"visibility": "everybody"}, 422),
        ({"media_ids": ["17"]}, 422),
        ({"media_ids": "17"}, 422),
        ({"visibility": "direct"}, 200),
    ],
)
def test_a_field_holds_what_it_may(sandbox, access, fields, status):
    assert post(sandbox, access, **fields).status_code == status


def test_a_form_does_as_well_as_json(sandbox, access):
    answer = call(
        sandbox, access, "POST", "/api/v1/statuses", data={"status": "By form"}
    )
    assert answer.json()["text"] == "By form"


def test_each_call_needs_its_token_and_its_permission(sandbox, access):
    for token, status, words in (
        ("nonsense", 401, "The access token is invalid"),
        (sandbox.access_for("x", ("read:accounts",)).token, 403, "outside the auth"),
    ):
        headers = {"Authorization": f"Bearer {token}"}
        answer = call(
            sandbox, access, "POST", "/api/v1/statuses", json={}, headers=headers
        )
        assert answer.status_code == status
        assert words in answer.json()["error"]
    wider = sandbox.access_for("Tjitske Rinsma", ("write",))
    assert post(sandbox, wider).status_code == 200
    sandbox.revoke_all()
    answer = post(sandbox, access)
    assert (answer.status_code, answer.json()["error"]) == (
        401,
        "The access token was revoked",
    )


def test_answers_to_apps_say_how_many_calls_are_left(sandbox, access):
    answer = post(sandbox, access)
    assert answer.headers["X-RateLimit-Remaining"] == "299"
    assert answer.headers["X-RateLimit-Reset"].endswith("+00:00")


def test_a_status_is_deleted_once_and_by_its_owner(sandbox, access):
    path = f"/api/v1/statuses/{post(sandbox, access).json()['id']}"
    other = sandbox.access_for("Tjitske Rinsma")
    assert call(sandbox, other, "DELETE", path).status_code == 404
    assert call(sandbox, access, "DELETE", path).status_code == 200
    assert call(sandbox, access, "DELETE", path).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/instance", "/api/v1/instance/"])
def test_a_client_learns_the_version_first(sandbox, path):
    assert requests.get(f"{sandbox.address}{path}", timeout=10).json()["version"]


def test_a_client_can_ask_for_the_limits(sandbox):
    answer = requests.get(f"{sandbox.address}/api/v2/instance", timeout=10).json()
    assert answer["configuration"]["statuses"] == {
        "max_characters": 500,
        "max_media_attachments": 4,
        "characters_reserved_per_url": 23,
    }
