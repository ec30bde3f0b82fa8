"""A kept connection never gives one call the answer of another."""

import time

import pytest

from integrations.errors import NotDone
from tests.integrations.keeping import (
    HEAD,
    asked,
    asked_over_tls,
    end_all,
    held,
    next_request,
    say,
)
from tests.integrations.linkedin.scripted import raw_server


def test_an_answer_that_comes_too_late_reaches_nobody(kept):
    """Or the next call, for somebody else, would read it as its own."""

    def handle(line):
        what = next_request(line)
        if what == "late":
            time.sleep(0.4)
        say(line, what)
        next_request(line)

    with raw_server(handle) as server:
        with pytest.raises(NotDone):
            asked(kept, server.address, "late", seconds=0.2)
        time.sleep(0.4)
        assert asked(kept, server.address, "next") == "next"
        assert server.connections == 2
        end_all(kept)


def test_what_was_said_without_being_asked_ends_it(kept):
    def handle(line):
        say(line, next_request(line))
        say(line, "nobody")
        next_request(line)

    with raw_server(handle) as server:
        assert asked(kept, server.address, "a") == "a"
        time.sleep(0.1)
        assert asked(kept, server.address, "b") == "b"
        assert server.connections == 2
        end_all(kept)


@pytest.mark.parametrize("announced", [b"102 Processing", b"103 Early Hints"])
def test_what_only_announces_an_answer_is_nobodys_answer(kept, announced):
    """The real one would be read by the next call, for somebody else."""

    def handle(line):
        while what := next_request(line):
            line.sendall(b"HTTP/1.1 %s\r\nLink: </x>\r\n\r\n" % announced)
            time.sleep(0.2)
            say(line, what)

    with raw_server(handle) as server:
        assert [asked(kept, server.address, what) for what in "ab"] == ["a", "b"]
        assert server.connections == 1
        end_all(kept)


def test_two_answers_in_one_go_end_it(kept):
    def handle(line):
        what = next_request(line).encode()
        once = HEAD + b'Content-Length: 12\r\n\r\n{"for": "%s"}' % what
        line.sendall(once + once)
        next_request(line)

    with raw_server(handle) as server:
        assert [asked(kept, server.address, what) for what in "ab"] == ["a", "b"]
        assert server.connections == 2
    assert not held(kept)


@pytest.mark.parametrize("more", [0, 100, 8192])
def test_over_tls_an_answer_that_nobody_asked_for_reaches_nobody(
    kept, certificate, more
):
    """It is decrypted with the one before it, and the socket itself has nothing left. What
    is read at once has 8,192 bytes: an answer that ends there leaves the next one behind.
    """

    def handle(line):
        for what in iter(lambda: next_request(line), ""):
            body = b'{"for": "%s"}' % what.encode()
            length = b"Content-Length: %d\r\n\r\n" % len(body)
            empty = len(HEAD + b"X-More: \r\n" + length + body)
            pad = b"X-More: %s\r\n" % (b"x" * max(more - empty, 0))
            line.sendall(HEAD + pad + length + body + HEAD + length + b'{"for": "x"}')

    told, connections = asked_over_tls(kept, certificate, handle)
    assert told == ["a", "b", "c"]
    assert connections == 3
