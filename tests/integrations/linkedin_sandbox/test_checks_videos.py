"""Check 25, the second half: what becomes of a video, for a careless client and ours."""

import struct

import pytest
import requests

from integrations.errors import Refused
from integrations.linkedin.client import LinkedIn
from integrations.network import PostDraft, Video
from tests.integrations.linkedin.samples import CAPTIONS, make_film, make_picture
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import running_sandbox
from tests.integrations.linkedin_sandbox.video_calls import (
    announced,
    finish,
    put,
    send,
    state,
)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Larger than one part."""
    return make_film(tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="module")
def data(film):
    return film.read_bytes()


def _failure(caller, value, data):
    """Why it failed, after all was sent."""
    assert finish(caller, value, send(value, data)).status_code == 200
    said = state(caller, value)
    assert said["status"] == "PROCESSING_FAILED"
    return said["processingFailureReason"]


def _mp4(seconds):
    """The least that states its length, and is not too light."""
    times = struct.pack(">4xIIII80x", 0, 0, 1000, int(seconds * 1000))
    movie = struct.pack(">I4s", 8 + len(times), b"mvhd") + times
    movie = struct.pack(">I4s", 8 + len(movie), b"moov") + movie
    head = struct.pack(">I4s4sI", 16, b"ftyp", b"mp42", 0)
    return head + movie + struct.pack(">I4s", 80_008, b"free") + bytes(80_000)


@pytest.mark.parametrize(
    ("film", "reason"),
    [
        (_mp4(10)[:1000], "FILE_TOO_SMALL"),
        (b"RIFF....AVI LIST" * 8000, "INVALID_FORMAT"),
        (_mp4(2.9), "INVALID_DURATION"),
        (_mp4(1801), "INVALID_DURATION"),
    ],
)
def test_check_25_careless_a_film_that_cannot_be_played(caller, film, reason):
    value = announced(caller, film)
    assert _failure(caller, value, film) == reason
    shown = caller.post(content={"media": {"id": value["video"]}})
    assert shown.json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


@pytest.mark.parametrize(
    ("promised", "reason"),
    [
        ("uploadCaptions", "CAPTIONS_MISSING"),
        ("uploadThumbnail", "THUMBNAIL_MISSING"),
    ],
)
def test_check_25_careless_promised_and_not_sent(caller, data, promised, reason):
    assert _failure(caller, announced(caller, data, **{promised: True}), data) == reason


def test_check_25_careless_captions_and_stills_that_are_none(caller, data):
    wanted = {"uploadCaptions": True, "uploadThumbnail": True}
    value = announced(caller, data, **wanted)
    for name in ("captionsUploadUrl", "thumbnailUploadUrl"):
        part = {"uploadUrl": value[name]}
        assert put(part, b"1\n00:00:01,000 --> 00:00:02,000").status_code == 400
    plain = announced(caller, data)
    assert "captionsUploadUrl" not in plain
    assert "thumbnailUploadUrl" not in plain


@pytest.mark.parametrize("minds", [True, False])
def test_check_25_ours_sends_parts_captions_and_still(film, tmp_path, minds):
    captions, still = tmp_path / "film.vtt", make_picture(tmp_path)
    captions.write_text(CAPTIONS)
    video = Video(film, "A test picture", captions, still)
    with running_sandbox(refuses_token_on_parts=minds) as sandbox:
        linkedin = LinkedIn(sandbox.settings_for_client())
        access = sandbox.access_for("Ivo Terpstra")
        body = linkedin.prepare(access, PostDraft("Look", video=video))
        linkedin.open_line(access).create(body)
        [post] = sandbox.posts()
        [address] = post["media"]
        ends = {"": film, "/captions": captions, "/poster": still}
        for end, file in ends.items():
            sent = requests.get(f"{sandbox.address}{address}{end}", timeout=10)
            assert sent.content == file.read_bytes()


def test_check_25_ours_waits_until_it_can_be_shown(film):
    with running_sandbox(processing_seconds=0.1) as sandbox:
        linkedin = LinkedIn(sandbox.settings_for_client())
        access = sandbox.access_for("Ivo Terpstra")
        body = linkedin.prepare(access, PostDraft("x", video=Video(film, "T")))
        linkedin.open_line(access).create(body)
        assert len(sandbox.posts()) == 1


def test_check_25_a_film_in_work_cannot_be_shown(data):
    with running_sandbox(processing_seconds=60) as sandbox:
        caller = Caller(sandbox, sandbox.access_for("Ivo Terpstra"))
        value = announced(caller, data)
        finish(caller, value, send(value, data))
        assert state(caller, value)["status"] == "PROCESSING"
        shown = caller.post(content={"media": {"id": value["video"]}})
        assert shown.json()["code"] == "MEDIA_ASSET_WAITING_UPLOAD"


def test_check_25_ours_hands_on_the_reason_and_posts_nothing(
    sandbox, linkedin, access, tmp_path
):
    file = tmp_path / "film.mp4"
    file.write_bytes(_mp4(2))
    with pytest.raises(Refused) as caught:
        linkedin.prepare(access, PostDraft("x", video=Video(file, "T")))
    assert caught.value.code == "INVALID_DURATION"
    assert sandbox.creates == 0
