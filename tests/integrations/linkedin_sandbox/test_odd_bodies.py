"""Bodies that no sensible client sends are refused in words, and change nothing."""

import pytest
import requests

DEEP = b"[" * 100_000
ADMIN = ["faults", "settings", "clock", "calls", "tokens/expired"]
NO_OBJECTS = [b"[]", b"[1]", b"null", b'"x"', b"1", b"{", b"\xff\xfe", DEEP]
LONG = b"9" * 5_000
RESOURCES = [
    "/rest/posts",
    "/rest/images?action=initializeUpload",
    "/rest/videos?action=initializeUpload",
    "/rest/videos?action=finalizeUpload",
    "/rest/documents?action=initializeUpload",
]


def _state(sandbox):
    paths = ("faults", "settings", "calls.json")
    return [_read(f"{sandbox.address}/sandbox/{path}") for path in paths]


def _read(address):
    return requests.get(address, timeout=20).json()


def _send(sandbox, path, body, **headers):
    return requests.post(
        f"{sandbox.address}{path}",
        data=body,
        headers={"Content-Type": "application/json"} | headers,
        timeout=20,
    )


@pytest.mark.parametrize("body", NO_OBJECTS, ids=lambda body: body[:8].hex())
def test_what_is_no_object_sets_nothing(sandbox, body):
    before = _state(sandbox)
    for path in ADMIN:
        answer = _send(sandbox, f"/sandbox/{path}", body)
        assert answer.status_code == 400, path
        assert "must be a JSON object" in answer.text
    assert _state(sandbox) == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", b'{"fault": "late", "times": 1e999}'),
        ("faults", b'{"fault": ["late"]}'),
        ("faults", b'{"mix": [[]]}'),
        ("faults", b'{"mix": {"behave": 1e999}}'),
        ("faults", b'{"mix": {}, "seed": 1e999}'),
        ("faults", b'{"mix": {"behave": ' + b"[" * 50 + b"]" * 50 + b"}}"),
        ("settings", b'{"slow_seconds": {}}'),
        ("settings", b'{"dead_versions": 5}'),
        ("settings", b'{"token_seconds": "1e5"}'),
        ("settings", b'{"token_seconds": "' + b"9" * 4_000 + b'"}'),
        ("clock", b'{"advance_seconds": []}'),
        ("clock", b'{"advance_seconds": {}}'),
        ("clock", b'{"advance_seconds": null}'),
        ("clock", b'{"advance_seconds": 1e999}'),
        ("clock", b'{"advance_seconds": "nan"}'),
        ("clock", b'{"advance_seconds": ' + b"9" * 4_000 + b"}"),
        ("calls", b"{}"),
        ("calls", b'{"calls": []}'),
        ("calls", b'{"calls": "' + LONG + b'"}'),
        ("calls", b'{"client_id": [], "calls": "\xc2\xb2"}'),
    ],
    ids=lambda said: str(said)[:40],
)
def test_what_fits_nothing_sets_nothing(sandbox, path, body):
    before = _state(sandbox)
    assert _send(sandbox, f"/sandbox/{path}", body).status_code == 422
    assert _state(sandbox) == before


@pytest.mark.parametrize("path", RESOURCES)
@pytest.mark.parametrize("body", NO_OBJECTS, ids=lambda body: body[:8].hex())
def test_a_resource_takes_objects_only(caller, path, body):
    answer = _send(caller.sandbox, path, body, **caller.headers())
    assert answer.status_code == 400
    assert answer.json()["message"]
