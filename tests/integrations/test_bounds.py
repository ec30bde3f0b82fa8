"""No server holds us for longer than it may, and no answer is longer than we can take."""

import json
import time
from collections.abc import Callable
from itertools import repeat

import pytest

from integrations.errors import NotDone
from integrations.exchange import LONGEST_ANSWER
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.figures import LinkedInFigures
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.mastodon.client import Mastodon
from integrations.mastodon.sign_on import MastodonSignOn
from tests.integrations.impatient import ACCESS, BACK, HEAD, URN, linkedin, mastodon
from tests.integrations.linkedin.scripted import raw_server, read_request

# A server sends this much before it stops by itself.
MOST = 100_000_000
CALLBACK = f"{BACK}?code=c&state=s"
CALLS: dict[str, Callable[[str], object]] = {
    "linkedin delete": lambda at: LinkedIn(linkedin(at)).delete(ACCESS, URN),
    "linkedin code": lambda at: LinkedInSignOn(linkedin(at)).finish(CALLBACK, "s"),
    "linkedin renewal": lambda at: LinkedInSignOn(linkedin(at)).refresh("r", "17"),
    "linkedin question": lambda at: LinkedInSignOn(linkedin(at)).token_state("t"),
    "linkedin figures": lambda at: LinkedInFigures(linkedin(at)).figures(ACCESS, URN),
    "mastodon delete": lambda at: Mastodon(mastodon(at)).delete(ACCESS, "1"),
    "mastodon code": lambda at: MastodonSignOn(mastodon(at)).finish(CALLBACK, "s"),
    "mastodon question": lambda at: MastodonSignOn(mastodon(at)).token_state("t"),
}


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


@pytest.mark.parametrize("speak", [_head_in_drops, _body_in_drops, _nothing])
@pytest.mark.parametrize("call", list(CALLS))
def test_a_server_that_drips_or_says_nothing_is_given_up_in_time(call, speak):
    def handle(line):
        read_request(line)
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
        read_request(line)
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
        read_request(line)
        line.sendall(HEAD + b"\r\n" + body)

    with raw_server(handle) as server:
        CALLS["linkedin question"](server.address)


def test_a_packed_answer_is_not_unpacked():
    heads = []

    def handle(line):
        heads.append(read_request(line)[0])
        line.sendall(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b")

    with raw_server(handle) as server, pytest.raises(NotDone):
        CALLS["linkedin question"](server.address)
    assert b"Accept-Encoding: identity" in heads[0]


def test_an_answer_that_breaks_off_is_no_answer():
    def handle(line):
        read_request(line)
        line.sendall(HEAD + b'Content-Length: 500\r\n\r\n{"status": "active"}')

    with raw_server(handle) as server, pytest.raises(NotDone):
        CALLS["linkedin question"](server.address)
