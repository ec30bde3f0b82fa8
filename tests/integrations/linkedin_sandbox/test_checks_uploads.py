"""Check 24: pictures and documents, each with a careless client that fails, and ours."""

import io
import time
from dataclasses import replace

import pytest
import requests
from PIL import Image

from integrations.errors import Refused
from integrations.linkedin.client import LinkedIn
from integrations.network import Document, Picture, PostDraft
from tests.integrations.linkedin.samples import make_document, make_picture
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import HASTY, running_sandbox

KINDS = ["image", "document"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    return {"image": make_picture(folder), "document": make_document(folder)}


def _announced(caller, kind):
    """Where a file of that kind may be sent, and what it will be called."""
    value = caller.announce(kind).json()["value"]
    return value["uploadUrl"], value[kind]


def _put(address, data, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.put(address, data=data, headers=headers, timeout=10)


def _show(caller, urn):
    return caller.post(content={"media": {"id": urn, "title": "Title"}})


def _png(size=(8, 8)):
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def _gif(frames):
    """Frames that differ, or the encoder would join them."""
    out = io.BytesIO()
    made = [Image.new("L", (8, 8), number % 256) for number in range(frames)]
    made[0].save(out, "GIF", save_all=True, append_images=made[1:], duration=20)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_check_24_careless_without_the_owners_token(caller, sandbox, files, kind):
    address, urn = _announced(caller, kind)
    data = files[kind].read_bytes()
    other = sandbox.access_for("Tjitske Rinsma")
    assert _put(address, data).status_code == 401
    assert _put(address, data, "unknown").status_code == 401
    assert _put(address, data, other.token).status_code == 403
    assert _show(caller, urn).json()["code"] == "MEDIA_ASSET_WAITING_UPLOAD"


@pytest.mark.parametrize("kind", KINDS)
def test_check_24_careless_sending_in_pieces(caller, files, kind):
    """The second piece takes the place of the first."""
    address, urn = _announced(caller, kind)
    data = files[kind].read_bytes()
    half = len(data) // 2
    for piece in (data[:half], data[half:]):
        assert _put(address, piece, caller.access.token).status_code == 201
    assert _show(caller, urn).json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


@pytest.mark.parametrize("kind", KINDS)
def test_check_24_careless_coming_too_late(caller, sandbox, files, kind):
    address, urn = _announced(caller, kind)
    sandbox.memory.assets[urn].made_at -= 24 * 60 * 60 + 1
    answer = _put(address, files[kind].read_bytes(), caller.access.token)
    assert (answer.status_code, answer.json()["code"]) == (400, "EXPIRED_UPLOAD_URL")


@pytest.mark.parametrize("kind", KINDS)
def test_check_24_careless_announcing_for_somebody_else(caller, kind):
    assert caller.announce(kind, owner="urn:li:person:x").status_code == 403
    assert caller.announce(kind, owner=caller.access.member_id).status_code == 403


@pytest.mark.parametrize("kind", [*KINDS, "video"])
def test_check_24_careless_announcing_with_other_fields(caller, kind):
    size = {"fileSizeBytes": 10} if kind == "video" else {}
    answer = caller.announce(kind, surprise=1, **size)
    assert answer.json()["code"] == "UNPERMITTED_FIELD"
    path = f"/rest/{kind}s?action=initializeUpload"
    assert caller.call("POST", path, {}).json()["code"] == "MISSING_FIELD"


@pytest.mark.parametrize("kind", KINDS)
def test_check_24_careless_asking_how_far_it_is(caller, files, kind):
    address, urn = _announced(caller, kind)
    _put(address, files[kind].read_bytes(), caller.access.token)
    answer = requests.get(
        f"{caller.sandbox.address}/rest/{kind}s/{urn.replace(':', '%3A')}",
        headers=caller.headers(),
        timeout=10,
    )
    assert answer.status_code == 403
    assert answer.json()["message"].startswith(f"Accessing this {kind} resource")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image", b"<html>not found</html>"),
        ("image", b"RIFF\x24\0\0\0WEBPVP8 "),
        ("image", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("image", _png((6013, 6013))),  # a few pixels too many
        ("image", _gif(251)),
        ("document", b"<html>not found</html>"),
        ("document", b"PK\x05\x06" + bytes(18)),  # a ZIP, but no office file
        ("document", _png()),
        ("document", b"%PDF-1.4\n" + b"<< /Type /Page >>\n" * 301),
    ],
)
def test_check_24_careless_bytes_that_cannot_be_shown(caller, kind, data):
    """Taken at first; that it failed comes out when the post is made."""
    address, urn = _announced(caller, kind)
    assert _put(address, data, caller.access.token).status_code == 201
    assert _show(caller, urn).json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


def test_check_24_careless_a_document_that_is_too_large(files):
    with running_sandbox(largest_document=100) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        address, urn = _announced(caller, "document")
        _put(address, files["document"].read_bytes(), caller.access.token)
        assert _show(caller, urn).json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


@pytest.mark.parametrize("data", [_png((6012, 6012)), _gif(250)])
def test_check_24_the_largest_pictures_are_taken(caller, data):
    assert _show(caller, caller.picture(data)).status_code == 201


def _drafts(files):
    shown = Picture(files["image"], "Noise")
    return {
        "image": PostDraft("One", pictures=[shown]),
        "images": PostDraft("Three", pictures=[shown] * 3),
        "document": PostDraft("A document", document=Document(files["document"], "T")),
    }


@pytest.mark.parametrize("kind", ["image", "images", "document"])
def test_check_24_ours_sends_whole_files_that_are_shown(
    sandbox, linkedin, access, files, kind
):
    body = linkedin.prepare(access, _drafts(files)[kind])
    linkedin.open_line(access).create(body)
    [post] = sandbox.posts()
    wanted = files[kind.rstrip("s")].read_bytes()
    for address in post["media"]:
        sent = requests.get(f"{sandbox.address}{address}", timeout=10)
        assert sent.content == wanted


def test_check_24_ours_waits_once_for_all_pictures_together(files):
    with running_sandbox(processing_seconds=0.5) as sandbox:
        patience = replace(HASTY, blind=0.6)
        linkedin = LinkedIn(sandbox.settings_for_client(patience=patience))
        access = sandbox.access_for("Ivo Terpstra")
        shown = [Picture(files["image"], "Noise")] * 20
        started = time.monotonic()
        body = linkedin.prepare(access, PostDraft("Twenty", pictures=shown))
        assert time.monotonic() - started < 20 * 0.6
        linkedin.open_line(access).create(body)
        assert len(sandbox.posts()) == 1


def test_check_24_ours_is_refused_clearly_when_a_picture_fails(
    sandbox, linkedin, access, tmp_path
):
    """And the post is never made without it."""
    file = tmp_path / "picture.jpg"
    file.write_bytes(b"no picture at all")
    body = linkedin.prepare(access, PostDraft("x", pictures=[Picture(file, "Noise")]))
    with pytest.raises(Refused) as caught:
        linkedin.open_line(access).create(body)
    assert caught.value.code == "400 MEDIA_ASSET_PROCESSING_FAILED"
    assert sandbox.posts() == []
