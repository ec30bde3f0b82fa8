"""Calls to the pretend server as any client makes them, without ours."""

import requests


def call(sandbox, access, method, path, **sent):
    headers = {"Authorization": f"Bearer {access.token}"} | sent.pop("headers", {})
    address = f"{sandbox.address}{path}"
    return requests.request(
        method, address, headers=headers, timeout=10, allow_redirects=False, **sent
    )


def post(sandbox, access, text="Right", key="", **fields):
    headers = {"Idempotency-Key": key} if key else {}
    said = {"status": text} | fields
    path = "/api/v1/statuses"
    return call(sandbox, access, "POST", path, json=said, headers=headers)


def upload(sandbox, access, file, **fields):
    with file.open("rb") as data:
        files = {"file": (file.name, data, "application/octet-stream")}
        return call(sandbox, access, "POST", "/api/v2/media", files=files, data=fields)
