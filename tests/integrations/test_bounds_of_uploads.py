"""Uploads may take as long as they are large, and are given up when nobody takes them."""

import json
import time
from threading import Event

import pytest

from integrations import bounded_http
from integrations.errors import NotDone
from integrations.linkedin.client import LinkedIn
from integrations.mastodon.client import Mastodon
from integrations.network import Picture, PostDraft, Video
from tests.integrations.impatient import ACCESS, HEAD, MASTODON, linkedin, mastodon
from tests.integrations.linkedin.scripted import raw_server, read_request


def _picture_to_linkedin(address, file):
    draft = PostDraft("x", pictures=[Picture(file, "")])
    LinkedIn(linkedin(address)).prepare(ACCESS, draft)


def _film_to_mastodon(address, file):
    draft = PostDraft("x", video=Video(file, ""))
    Mastodon(mastodon(address)).prepare(ACCESS, draft)


@pytest.mark.parametrize("bytes_at_once", [0, 1, 65536])
@pytest.mark.parametrize("upload", [_picture_to_linkedin, _film_to_mastodon])
def test_an_upload_that_is_hardly_taken_is_given_up_in_time(
    tmp_path, monkeypatch, upload, bytes_at_once
):
    monkeypatch.setattr(bounded_http, "SLOWEST_UPLOAD", 1e9)
    file = tmp_path / "file.mp4"
    file.write_bytes(b"x" * 20_000_000)
    given_up = Event()
    taken = []

    def handle(line):
        start = line.recv(40)
        if b"initializeUpload" in start:
            read_request(line)
            value = {"uploadUrl": f"{server.address}/upload", "image": "urn:li:image:1"}
            line.sendall(HEAD + b"\r\n" + json.dumps({"value": value}).encode())
            return
        while not given_up.wait(0.02):
            taken.append(len(line.recv(bytes_at_once)))

    with raw_server(handle) as server:
        with pytest.raises(NotDone) as caught:
            upload(server.address, file)
        given_up.set()
    assert caught.value.code == "Timeout"
    assert sum(taken) < file.stat().st_size / 2


def test_what_is_sent_gives_a_call_more_time(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded_http, "SLOWEST_UPLOAD", 100_000)
    file = tmp_path / "film.mp4"
    file.write_bytes(b"x" * 1_000_000)

    def handle(line):
        read_request(line)
        time.sleep(2 * MASTODON.answer)
        line.sendall(HEAD + b'\r\n{"id": "7"}')

    with raw_server(handle) as server, pytest.raises(NotDone) as caught:
        _film_to_mastodon(server.address, file)
    # The upload was waited for; the look afterwards, which sends nothing, was not.
    assert server.connections == 2
    assert caught.value.code == "Timeout"
