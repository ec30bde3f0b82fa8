"""Careless uploads, and LinkedIn's answers to them."""

import io

import pytest
import requests
from PIL import Image

from integrations.network import Access
from tests.integrations.linkedin.samples import make_film
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox

PART = 4 * 1024 * 1024


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return make_film(tmp_path_factory.mktemp("film")).read_bytes()


def _png(size=(8, 8)):
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def _show(caller, urn):
    return caller.post(content={"media": {"id": urn}})


@pytest.mark.parametrize("kind", ["image", "video"])
def test_an_upload_is_for_oneself(caller, kind):
    size = {"fileSizeBytes": 10} if kind == "video" else {}
    answer = caller.announce(kind, owner="urn:li:person:somebody", **size)
    assert answer.status_code == 403
    answer = caller.announce(kind, surprise=1, **size)
    assert answer.json()["code"] == "UNPERMITTED_FIELD"
    answer = caller.call("POST", f"/rest/{kind}s?action=initializeUpload", {})
    assert answer.json()["code"] == "MISSING_FIELD"


def test_a_picture_needs_its_owners_token(caller, sandbox):
    value = caller.announce("image").json()["value"]
    assert caller.put(value["uploadUrl"], _png(), token=False).status_code == 401
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert other.put(value["uploadUrl"], _png(), token=True).status_code == 403
    wrong = Caller(sandbox, Access("wrong", "x"))
    assert wrong.put(value["uploadUrl"], _png(), token=True).status_code == 401
    assert caller.put(value["uploadUrl"], _png(), token=True).status_code == 201


def test_a_second_upload_replaces_the_first(caller, sandbox):
    """So a picture sent in pieces ends as its last piece."""
    value = caller.announce("image").json()["value"]
    data = _png((64, 64))
    half = len(data) // 2
    caller.put(value["uploadUrl"], data[:half], token=True)
    caller.put(value["uploadUrl"], data[half:], token=True)
    answer = _show(caller, value["image"])
    assert answer.json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"
    caller.put(value["uploadUrl"], data, token=True)
    assert _show(caller, value["image"]).status_code == 201


@pytest.mark.parametrize(
    "data", [b"<html>no picture</html>", b"", b"RIFF....WEBPVP8 ", _png((6100, 6000))]
)
def test_what_is_no_picture_or_has_too_many_pixels_fails(caller, data):
    value = caller.announce("image").json()["value"]
    assert caller.put(value["uploadUrl"], data, token=True).status_code == 201
    answer = _show(caller, value["image"])
    assert answer.json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


def test_an_upload_address_ends(caller, sandbox):
    value = caller.announce("image").json()["value"]
    sandbox.memory.assets[value["image"]].made_at -= 24 * 60 * 60 + 1
    answer = caller.put(value["uploadUrl"], _png(), token=True)
    assert answer.json()["code"] == "EXPIRED_UPLOAD_URL"


def test_a_pictures_state_is_not_for_members(caller):
    urn = caller.picture(_png()).replace(":", "%3A")
    assert caller.call("GET", f"/rest/images/{urn}").status_code == 403


def _announced(caller, film, **fields):
    answer = caller.announce("video", fileSizeBytes=len(film), **fields)
    return answer.json()["value"]


def _send(caller, film, value):
    ids = []
    for part in value["uploadInstructions"]:
        piece = film[part["firstByte"] : part["lastByte"] + 1]
        answer = caller.put(part["uploadUrl"], piece, token=False)
        assert answer.status_code == 200
        ids.append(answer.headers["ETag"])
    return ids


def _finish(caller, value, ids, **changes):
    request = {
        "video": value["video"],
        "uploadToken": value["uploadToken"],
        "uploadedPartIds": ids,
    } | changes
    said = {
        "finalizeUploadRequest": {k: v for k, v in request.items() if v is not None}
    }
    return caller.call("POST", "/rest/videos?action=finalizeUpload", said)


def _state(caller, value):
    urn = value["video"].replace(":", "%3A")
    return caller.call("GET", f"/rest/videos/{urn}").json()


def test_a_film_is_asked_for_in_parts_with_both_ends_included(caller, film):
    value = _announced(caller, film)
    ranges = [(p["firstByte"], p["lastByte"]) for p in value["uploadInstructions"]]
    assert ranges == [(0, PART - 1), (PART, len(film) - 1)]
    assert _state(caller, value)["status"] == "WAITING_UPLOAD"
    ids = _send(caller, film, value)
    # One opaque, one in quotes: both were seen.
    assert [one.startswith('"') for one in ids] == [False, True]
    assert _finish(caller, value, ids).status_code == 200
    assert _finish(caller, value, ids).status_code == 200
    assert _state(caller, value)["status"] == "AVAILABLE"
    assert _show(caller, value["video"]).status_code == 201


@pytest.mark.parametrize("size", [0, -1, "10", None, 500 * 1024 * 1024 + 1])
def test_a_film_has_a_size(caller, size):
    assert caller.announce("video", fileSizeBytes=size).status_code == 400


def test_a_part_has_the_length_of_its_range(caller, film):
    value = _announced(caller, film)
    first = value["uploadInstructions"][0]
    # The last byte left out: the mistake of taking the range as half open.
    short = film[first["firstByte"] : first["lastByte"]]
    assert caller.put(first["uploadUrl"], short, token=False).status_code == 400


def test_a_part_is_put_without_a_token(caller, film):
    value = _announced(caller, film)
    first = value["uploadInstructions"][0]
    piece = film[:PART]
    assert caller.put(first["uploadUrl"], piece, token=True).status_code == 400
    posted = requests.post(first["uploadUrl"], data=piece, timeout=10)
    assert posted.status_code == 405
    beyond = first["uploadUrl"].replace("/part/0", "/part/9")
    assert caller.put(beyond, piece, token=False).status_code == 404


@pytest.mark.parametrize(
    "spoil",
    [
        lambda ids: ids[::-1],
        lambda ids: ids[:1],
        lambda ids: [*ids, ids[0]],
        lambda ids: ["x", ids[1]],
        "".join,
        lambda _ids: None,
    ],
)
def test_a_film_is_finished_with_all_parts_in_their_order(caller, film, spoil):
    value = _announced(caller, film)
    ids = _send(caller, film, value)
    assert _finish(caller, value, spoil(ids)).status_code == 400
    assert _state(caller, value)["status"] == "WAITING_UPLOAD"


def test_a_film_is_finished_by_its_owner_with_its_token(caller, sandbox, film):
    value = _announced(caller, film)
    assert _finish(caller, value, []).status_code == 400  # nothing sent yet
    ids = _send(caller, film, value)
    assert _finish(caller, value, ids, uploadToken="x").status_code == 400
    assert _finish(caller, value, ids, video="urn:li:video:X").status_code == 404
    other = Caller(sandbox, sandbox.access_for("Tjitske Rinsma"))
    assert _finish(other, value, ids).status_code == 403
    assert "status" in _state(other, value)  # LinkedIn's own word for 403
    assert _state(other, value)["status"] == 403


def test_parts_without_quotes_are_parts_too(caller, film):
    value = _announced(caller, film)
    ids = [one.strip('"') for one in _send(caller, film, value)]
    assert _finish(caller, value, ids).status_code == 200


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\0\0\0\x18ftypmp42" + b"\0" * 1000, "FILE_TOO_SMALL"),
        (b"RIFF....AVI LIST" * 8000, "INVALID_FORMAT"),
    ],
)
def test_a_film_that_cannot_be_played_says_why(caller, data, reason):
    value = _announced(caller, data)
    _finish(caller, value, _send(caller, data, value))
    said = _state(caller, value)
    assert said["status"] == "PROCESSING_FAILED"
    assert said["processingFailureReason"] == reason
    answer = _show(caller, value["video"])
    assert answer.json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


def test_captions_that_were_promised_must_come(caller, film):
    value = _announced(caller, film, uploadCaptions=True)
    refused = caller.put(value["captionsUploadUrl"], b"1\n00:00", token=False)
    assert refused.status_code == 400
    _finish(caller, value, _send(caller, film, value))
    assert _state(caller, value)["processingFailureReason"] == "CAPTIONS_MISSING"


def test_captions_that_were_not_asked_for_are_refused(caller, film):
    value = _announced(caller, film)
    assert "captionsUploadUrl" not in value
    address = value["uploadInstructions"][0]["uploadUrl"].replace("part/0", "captions")
    assert caller.put(address, b"WEBVTT\n", token=False).status_code == 400


def test_a_film_takes_its_time(film):
    with running_sandbox(processing_seconds=60) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        value = _announced(caller, film)
        _finish(caller, value, _send(caller, film, value))
        assert _state(caller, value)["status"] == "PROCESSING"
        answer = _show(caller, value["video"])
        assert answer.json()["code"] == "MEDIA_ASSET_WAITING_UPLOAD"
