"""The pretend server says no where Mastodon would, and is usable without our client."""

import re

import pytest
import requests

from tests.integrations.linkedin.samples import make_film, make_picture
from tests.integrations.mastodon_sandbox.serving import running_mastodon

BACK = "http://localhost/back"


@pytest.fixture
def access(sandbox):
    return sandbox.access_for("Ivo Terpstra")


def _call(sandbox, access, method, path, **sent):
    headers = {"Authorization": f"Bearer {access.token}"} | sent.pop("headers", {})
    address = f"{sandbox.address}{path}"
    return requests.request(
        method, address, headers=headers, timeout=10, allow_redirects=False, **sent
    )


def _post(sandbox, access, text="Right", key="", **fields):
    headers = {"Idempotency-Key": key} if key else {}
    said = {"status": text} | fields
    path = "/api/v1/statuses"
    return _call(sandbox, access, "POST", path, json=said, headers=headers)


def test_a_key_makes_one_status_for_each_member(sandbox, access):
    first = _post(sandbox, access, key="k")
    # Mastodon looks at the key alone.
    again = _post(sandbox, access, "Something else", key="k")
    assert again.status_code == 200
    assert again.json()["id"] == first.json()["id"]
    assert again.json()["text"] == "Right"
    other = _post(sandbox, sandbox.access_for("Tjitske Rinsma"), key="k")
    assert other.json()["id"] != first.json()["id"]
    assert len(sandbox.statuses()) == 2


def test_a_key_is_forgotten_in_time():
    with running_mastodon(key_seconds=-1) as sandbox:
        access = sandbox.access_for("Ivo Terpstra")
        ids = {_post(sandbox, access, key="k").json()["id"] for _ in range(2)}
    assert len(ids) == 2


def test_without_a_key_the_same_text_is_taken_twice(sandbox, access):
    assert _post(sandbox, access).json()["id"] != _post(sandbox, access).json()["id"]


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
    answer = _post(sandbox, access, text)
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
    assert _post(sandbox, access, **fields).status_code == status


def test_a_form_does_as_well_as_json(sandbox, access):
    answer = _call(
        sandbox, access, "POST", "/api/v1/statuses", data={"status": "By form"}
    )
    assert answer.json()["text"] == "By form"


def test_each_call_needs_its_token_and_its_permission(sandbox, access):
    for token, status, words in (
        ("nonsense", 401, "The access token is invalid"),
        (sandbox.access_for("x", ("read:accounts",)).token, 403, "outside the auth"),
    ):
        headers = {"Authorization": f"Bearer {token}"}
        answer = _call(
            sandbox, access, "POST", "/api/v1/statuses", json={}, headers=headers
        )
        assert answer.status_code == status
        assert words in answer.json()["error"]
    wider = sandbox.access_for("Tjitske Rinsma", ("write",))
    assert _post(sandbox, wider).status_code == 200
    sandbox.revoke_all()
    answer = _post(sandbox, access)
    assert (answer.status_code, answer.json()["error"]) == (
        401,
        "The access token was revoked",
    )


def test_answers_to_apps_say_how_many_calls_are_left(sandbox, access):
    answer = _post(sandbox, access)
    assert answer.headers["X-RateLimit-Remaining"] == "299"
    assert answer.headers["X-RateLimit-Reset"].endswith("+00:00")


def _upload(sandbox, access, file, **fields):
    with file.open("rb") as data:
        files = {"file": (file.name, data, "application/octet-stream")}
        return _call(sandbox, access, "POST", "/api/v2/media", files=files, data=fields)


def test_media_are_their_owners_and_attached_once(sandbox, access, tmp_path):
    picture = make_picture(tmp_path)
    answer = _upload(sandbox, access, picture, description="Noise")
    assert (answer.status_code, answer.json()["description"]) == (200, "Noise")
    media_id = answer.json()["id"]
    other = sandbox.access_for("Tjitske Rinsma")
    assert _post(sandbox, other, media_ids=[media_id]).status_code == 422
    path = f"/api/v1/media/{media_id}"
    assert _call(sandbox, other, "GET", path).status_code == 404
    assert _call(sandbox, access, "GET", path).status_code == 200
    made = _post(sandbox, access, "", media_ids=[media_id])
    address = made.json()["media_attachments"][0]["url"]
    assert requests.get(address, timeout=10).content == picture.read_bytes()
    assert _post(sandbox, access, media_ids=[media_id]).status_code == 422
    assert _call(sandbox, access, "GET", path).status_code == 404


def test_a_film_is_not_attached_before_it_is_ready(tmp_path):
    film = make_film(tmp_path, seconds=1, rate="1M")
    with running_mastodon(processing_seconds=60) as sandbox:
        access = sandbox.access_for("Ivo Terpstra")
        answer = _upload(sandbox, access, film)
        assert (answer.status_code, answer.json()["url"]) == (202, None)
        media_id = answer.json()["id"]
        path = f"/api/v1/media/{media_id}"
        assert _call(sandbox, access, "GET", path).status_code == 206
        refused = _post(sandbox, access, media_ids=[media_id])
        assert "not finished processing" in refused.json()["error"]


def test_media_are_of_a_kind_a_size_and_a_number(sandbox, access, tmp_path):
    pictures = [make_picture(tmp_path, f"{n}.jpg") for n in range(5)]
    ids = [_upload(sandbox, access, one).json()["id"] for one in pictures]
    film = _upload(sandbox, access, make_film(tmp_path, seconds=1, rate="1M"))
    assert _post(sandbox, access, media_ids=ids).status_code == 422
    mixed = [ids[0], film.json()["id"]]
    assert _post(sandbox, access, media_ids=mixed).status_code == 422
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    assert _upload(sandbox, access, text).status_code == 422
    endless = _upload(sandbox, access, pictures[0], description="x" * 1501)
    assert endless.status_code == 422
    assert _call(sandbox, access, "POST", "/api/v2/media").status_code == 422


def test_a_status_is_deleted_once_and_by_its_owner(sandbox, access):
    path = f"/api/v1/statuses/{_post(sandbox, access).json()['id']}"
    other = sandbox.access_for("Tjitske Rinsma")
    assert _call(sandbox, other, "DELETE", path).status_code == 404
    assert _call(sandbox, access, "DELETE", path).status_code == 200
    assert _call(sandbox, access, "DELETE", path).status_code == 404


def _register(sandbox, **changes):
    said = {
        "client_name": "Another client",
        "redirect_uris": [BACK],
        "scopes": "read:accounts write:statuses",
    }
    return requests.post(
        f"{sandbox.address}/api/v1/apps", json=said | changes, timeout=10
    )


@pytest.mark.parametrize(
    "changes",
    [{"client_name": ""}, {"redirect_uris": "back"}, {"scopes": "everything"}],
)
def test_an_app_is_registered_whole(sandbox, changes):
    assert _register(sandbox).status_code == 200
    assert _register(sandbox, **changes).status_code == 422


def _question(app, **changes):
    given = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": BACK,
        "scope": "read:accounts",
        "state": "s",
    }
    return given | changes


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"client_id": "nobody"}, 401),
        ({"redirect_uri": "http://localhost/elsewhere"}, 400),
        ({"scope": "write:media"}, 400),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, 400),
        ({"response_type": "token"}, 302),
        ({}, 200),
    ],
)
def test_the_consent_screen_looks_at_who_asks(sandbox, changes, status):
    asked = _question(_register(sandbox).json(), **changes)
    for method, fields in (("GET", {"params": asked}), ("POST", {"data": asked})):
        address = f"{sandbox.address}/oauth/authorize"
        answer = requests.request(
            method, address, timeout=10, allow_redirects=False, **fields
        )
        # A POST without a decision shows the screen again.
        wanted = 422 if (status, method) == (200, "POST") else status
        assert answer.status_code == wanted


def _code(sandbox, app, **changes):
    back = sandbox.walk_consent(
        requests.Request("GET", f"{sandbox.address}/oauth/authorize").prepare().url
        + "?"
        + "&".join(f"{k}={v}" for k, v in _question(app, **changes).items())
    )
    found = re.search(r"code=([^&]+)", back)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({}, 200, None),
        ({"client_secret": "x"}, 401, "invalid_client"),
        ({"client_id": "x"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"code": "x"}, 400, "invalid_grant"),
        ({"redirect_uri": "http://localhost/elsewhere"}, 400, "invalid_grant"),
    ],
)
def test_a_code_is_traded_by_whom_it_was_made_for(sandbox, changes, status, error):
    app = _register(sandbox).json()
    fields = {
        "grant_type": "authorization_code",
        "code": _code(sandbox, app),
        "redirect_uri": BACK,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
    }
    address = f"{sandbox.address}/oauth/token"
    answer = requests.post(address, data=fields | changes, timeout=10)
    assert (answer.status_code, answer.json().get("error")) == (status, error)


def test_a_code_with_a_challenge_needs_its_verifier(sandbox):
    app = _register(sandbox).json()
    code = _code(sandbox, app, code_challenge="x" * 43, code_challenge_method="S256")
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "code_verifier": "y" * 43,
    }
    answer = requests.post(f"{sandbox.address}/oauth/token", data=fields, timeout=10)
    assert answer.json()["error"] == "invalid_grant"


def test_an_app_revokes_its_own_tokens_only(sandbox, access):
    app = _register(sandbox).json()
    fields = {
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "token": access.token,
    }
    answer = requests.post(f"{sandbox.address}/oauth/revoke", data=fields, timeout=10)
    assert answer.status_code == 403
    assert _post(sandbox, access).status_code == 200


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
