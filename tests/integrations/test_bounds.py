"""No server holds us for longer than it may, and no answer is longer than we can take."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import repeat
from threading import Event
from typing import Any

import pytest
from werkzeug.wrappers import Response

from integrations import bounded_http
from integrations.bounded_http import LONGEST_ANSWER
from integrations.errors import NotDone
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.figures import LinkedInFigures
from integrations.linkedin.settings import Patience
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.mastodon.client import Mastodon
from integrations.mastodon.settings import MastodonSettings
from integrations.mastodon.settings import Patience as MastodonPatience
from integrations.mastodon.sign_on import MastodonSignOn
from integrations.network import Access, Picture, PostDraft, Video
from tests.integrations.linkedin.scripted import raw_server, scripted, settings_for

ACCESS = Access("the-token", "17")
BACK = "http://localhost/back"
URN = "urn:li:share:1"
ONCE: dict[str, Any] = {"pauses": (), "hurried_pauses": ()}
# Long enough for an answer that comes at once, however busy the machine is.
LINKEDIN = Patience(connect=2, answer=0.3, blind=0, fresh_token=(), **ONCE)
MASTODON = MastodonPatience(connect=2, answer=0.3, **ONCE)
# A server sends this much before it stops by itself.
MOST = 100_000_000


def _linkedin(address):
    return settings_for(address, patience=LINKEDIN, redirect_address=BACK)


def _mastodon(address):
    return MastodonSettings(address, "id", "secret", BACK, patience=MASTODON)


CALLBACK = f"{BACK}?code=c&state=s"
CALLS: dict[str, Callable[[str], object]] = {
    "linkedin delete": lambda at: LinkedIn(_linkedin(at)).delete(ACCESS, URN),
    "linkedin code": lambda at: LinkedInSignOn(_linkedin(at)).finish(CALLBACK, "s"),
    "linkedin renewal": lambda at: LinkedInSignOn(_linkedin(at)).refresh("r", "17"),
    "linkedin question": lambda at: LinkedInSignOn(_linkedin(at)).token_state("t"),
    "linkedin figures": lambda at: LinkedInFigures(_linkedin(at)).figures(ACCESS, URN),
    "mastodon delete": lambda at: Mastodon(_mastodon(at)).delete(ACCESS, "1"),
    "mastodon code": lambda at: MastodonSignOn(_mastodon(at)).finish(CALLBACK, "s"),
    "mastodon question": lambda at: MastodonSignOn(_mastodon(at)).token_state("t"),
}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def _head_in_drops(line):
    _drop_by_drop(line, HEAD + b"X-Slow: " + b"x" * 1000 + b"\r\n\r\n{}")


def _body_in_drops(line):
    line.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    _drop_by_drop(line, b"{}".ljust(1000))


def _nothing(line):
    line.recv(1)  # until the client leaves


def _drop_by_drop(line, data):
    for byte in data:
        line.sendall(bytes([byte]))
        time.sleep(0.02)


def _read_request(line):
    """Head and body, as far as the head announces one."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(65536) or _left()
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [
        int(row.split(b":")[1])
        for row in head.split(b"\r\n")
        if row.lower().startswith(b"content-length")
    ]
    while len(body) < sum(lengths):
        body += line.recv(65536) or _left()
    return head


def _left():
    raise OSError("the client went away")


@pytest.mark.parametrize("speak", [_head_in_drops, _body_in_drops, _nothing])
@pytest.mark.parametrize("call", list(CALLS))
def test_a_server_that_drips_or_says_nothing_is_given_up_in_time(call, speak):
    def handle(line):
        _read_request(line)
        speak(line)

    with raw_server(handle) as server, pytest.raises(NotDone) as caught:
        CALLS[call](server.address)
    assert caught.value.code == "Timeout"


def _endless_body(line):
    line.sendall(HEAD + b"\r\n")
    yield from repeat(b" " * 65536)


def _endless_pieces(line):
    line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    yield from repeat(b"10000\r\n" + b" " * 65536 + b"\r\n")


def _long_and_announced(line):
    line.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % MOST)
    yield from repeat(b" " * 65536)


def _endless_head(line):
    line.sendall(HEAD)
    yield from repeat(b"X-More: more\r\n" * 1000)


@pytest.mark.parametrize(
    "speak", [_endless_body, _endless_pieces, _long_and_announced, _endless_head]
)
@pytest.mark.parametrize("call", list(CALLS))
def test_an_answer_without_an_end_is_not_read_to_its_end(call, speak):
    sent = []

    def handle(line):
        _read_request(line)
        for piece in speak(line):
            line.sendall(piece)
            sent.append(len(piece))
            if sum(sent) >= MOST:
                return

    with raw_server(handle) as server, pytest.raises(NotDone) as caught:
        CALLS[call](server.address)
    # Some more is under way, in the machine's own buffers.
    assert sum(sent) < LONGEST_ANSWER + 20_000_000
    assert caught.value.code in {"AnswerTooLong", "ConnectionError"}


def test_an_answer_of_just_the_longest_length_is_read():
    body = json.dumps({"status": "active"}).encode().ljust(LONGEST_ANSWER)

    def handle(line):
        _read_request(line)
        line.sendall(HEAD + b"\r\n" + body)

    with raw_server(handle) as server:
        CALLS["linkedin question"](server.address)


def test_a_packed_answer_is_not_unpacked():
    heads = []

    def handle(line):
        heads.append(_read_request(line))
        line.sendall(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b")

    with raw_server(handle) as server, pytest.raises(NotDone):
        CALLS["linkedin question"](server.address)
    assert b"Accept-Encoding: identity" in heads[0]


def test_an_answer_that_breaks_off_is_no_answer():
    def handle(line):
        _read_request(line)
        line.sendall(HEAD + b'Content-Length: 500\r\n\r\n{"status": "active"}')

    with raw_server(handle) as server, pytest.raises(NotDone):
        CALLS["linkedin question"](server.address)


def _picture_to_linkedin(address, file):
    draft = PostDraft("x", pictures=[Picture(file, "")])
    LinkedIn(_linkedin(address)).prepare(ACCESS, draft)


def _film_to_mastodon(address, file):
    draft = PostDraft("x", video=Video(file, ""))
    Mastodon(_mastodon(address)).prepare(ACCESS, draft)


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
            _read_request(line)
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
        _read_request(line)
        time.sleep(2 * MASTODON.answer)
        line.sendall(HEAD + b'\r\n{"id": "7"}')

    with raw_server(handle) as server, pytest.raises(NotDone) as caught:
        _film_to_mastodon(server.address, file)
    # The upload was waited for; the look afterwards, which sends nothing, was not.
    assert server.connections == 2
    assert caught.value.code == "Timeout"


ALL_TRIES = {"seconds": 0.3, "hurried_seconds": 0.3}
TWO_CALLS = pytest.mark.parametrize(
    "call",
    [
        lambda settings: LinkedIn(settings).delete(ACCESS, URN),
        lambda settings: LinkedInSignOn(settings).refresh("r", "17"),
    ],
    ids=["delete", "renewal"],
)


@TWO_CALLS
def test_no_try_is_waited_for_that_would_come_too_late(call, caplog):
    caplog.set_level(logging.INFO)
    patience = replace(LINKEDIN, pauses=(3,), hurried_pauses=(3,), **ALL_TRIES)
    with scripted(Response(status=503)) as server:
        with pytest.raises(NotDone):
            call(settings_for(server.address, patience=patience))
        assert len(server.asked) == 1
    assert "again" not in caplog.text


@TWO_CALLS
def test_no_try_lasts_longer_than_the_time_for_all_of_them(call):
    patience = replace(LINKEDIN, answer=20, **ALL_TRIES)

    def handle(line):
        _read_request(line)
        time.sleep(1)
        line.sendall(HEAD + b'\r\n{"access_token": "t", "expires_in": 60}')

    with raw_server(handle) as server, pytest.raises(NotDone) as caught:
        call(settings_for(server.address, patience=patience))
    assert caught.value.code == "Timeout"
