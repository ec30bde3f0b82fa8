"""One connection serves one call after the other, and never gives one the answer of another."""

import gc
import time

import pytest

from integrations import kept_connections
from integrations.breaker import Breaker
from integrations.errors import NotDone
from integrations.kept_connections import KeptConnections
from integrations.repeatable_calls import Answer, RepeatableCalls, Service
from tests.integrations.linkedin.scripted import raw_server

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture
def kept():
    return KeptConnections()


def _asked(kept, address, what="a", *, seconds=2.0, once=False):
    """What one call for `what` is answered; without a second try of its own."""

    def error_for(answer: Answer) -> NotDone:
        return NotDone("no", code=str(answer.status))

    service = Service("Site", error_for, 2, seconds, (), 20)
    with RepeatableCalls(service, Breaker(), kept) as calls:
        send = calls.send_once if once else calls.send
        return send("POST", f"{address}/{what}", {}, b"{}").said().get("for")


def _next_request(line):
    """Its path; empty when the client is gone."""
    data = b""
    while not data.endswith(b"{}"):
        more = line.recv(65536)
        if not more:
            return ""
        data += more
    return data.split()[1].decode().strip("/")


def _say(line, what, *headers):
    body = b'{"for": "%s"}' % what.encode()
    rows = b"".join(row + b"\r\n" for row in headers)
    line.sendall(HEAD + rows + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def _answers_all(line):
    while what := _next_request(line):
        _say(line, what)


def _answers_one(line):
    """And ends the connection, without having said that it would."""
    _say(line, _next_request(line))


def test_calls_go_over_one_connection(kept):
    with raw_server(_answers_all) as server:
        answers = [_asked(kept, server.address, what) for what in "abc"]
        connections = server.connections
        _end_all(kept)
    assert answers == ["a", "b", "c"]
    assert connections == 1


def test_pieces_of_unknown_number_and_refusals_leave_it_usable(kept):
    def handle(line):
        while what := _next_request(line):
            if what == "a":
                line.sendall(b"HTTP/1.1 422 No\r\nContent-Length: 2\r\n\r\n{}")
                continue
            line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            for piece in (b'{"for": ', b'"%s"}' % what.encode(), b""):
                line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))

    with raw_server(handle) as server:
        with pytest.raises(NotDone, match="no"):
            _asked(kept, server.address, "a")
        assert [_asked(kept, server.address, what) for what in "bc"] == ["b", "c"]
        assert server.connections == 1
        _end_all(kept)


def test_one_that_the_server_ended_is_not_used_again(kept):
    with raw_server(_answers_one) as server:
        assert _asked(kept, server.address, "a") == "a"
        time.sleep(0.1)  # its end has arrived
        assert _asked(kept, server.address, "b") == "b"
        assert server.connections == 2


def test_one_that_ends_under_a_request_is_made_up_for_once(kept):
    """It looked well when the request was sent."""

    def handle(line):
        _say(line, _next_request(line))
        _next_request(line)  # and ends without an answer

    with raw_server(handle) as server:
        assert _asked(kept, server.address, "a") == "a"
        assert _asked(kept, server.address, "b") == "b"
        assert server.connections == 2
        _end_all(kept)


def test_a_new_one_that_ends_under_a_request_is_an_error(kept):
    with (
        raw_server(_next_request) as server,
        pytest.raises(NotDone, match="could not be reached"),
    ):
        _asked(kept, server.address)
    assert server.connections == 1


def test_an_answer_that_comes_too_late_reaches_nobody(kept):
    """Or the next call, for somebody else, would read it as its own."""

    def handle(line):
        what = _next_request(line)
        if what == "late":
            time.sleep(0.4)
        _say(line, what)
        _next_request(line)

    with raw_server(handle) as server:
        with pytest.raises(NotDone):
            _asked(kept, server.address, "late", seconds=0.2)
        time.sleep(0.4)
        assert _asked(kept, server.address, "next") == "next"
        assert server.connections == 2
        _end_all(kept)


def test_what_was_said_without_being_asked_ends_it(kept):
    def handle(line):
        _say(line, _next_request(line))
        _say(line, "nobody")
        _next_request(line)

    with raw_server(handle) as server:
        assert _asked(kept, server.address, "a") == "a"
        time.sleep(0.1)
        assert _asked(kept, server.address, "b") == "b"
        assert server.connections == 2
        _end_all(kept)


def test_a_server_that_wants_to_end_it_may(kept):
    def handle(line):
        _say(line, _next_request(line), b"Connection: close")

    with raw_server(handle) as server:
        assert _asked(kept, server.address) == "a"
        assert not _held(kept)
        assert server.connections == 1


def test_one_that_was_idle_for_long_is_replaced(kept, monkeypatch):
    with raw_server(_answers_all) as server:
        assert _asked(kept, server.address, "a") == "a"
        monkeypatch.setattr(kept_connections, "IDLE_SECONDS", 0)
        assert _asked(kept, server.address, "b") == "b"
        assert server.connections == 2
        _end_all(kept)


def test_no_more_are_held_than_make_sense(kept, monkeypatch):
    monkeypatch.setattr(kept_connections, "MOST", 1)
    with raw_server(_answers_one) as server:
        kept.keep("elsewhere", _connected(server))
        first, second = _connected(server), _connected(server)
        kept.keep("here", first)
        kept.keep("here", second)
    assert first.sock is None
    assert second.sock is not None
    _end_all(kept)


def _connected(server):
    connection = kept_connections.http.client.HTTPConnection(
        server.address.removeprefix("http://")
    )
    connection.connect()
    return connection


def _held(kept):
    return [one for idle in kept._idle.values() for one, _since in idle]  # noqa: SLF001


def _end_all(kept):
    """A server that waits for the next request would wait for ever."""
    for one in _held(kept):
        one.close()


def test_they_end_with_their_keeper():
    kept = KeptConnections()
    with raw_server(_answers_all) as server:
        _asked(kept, server.address)
        (one,) = _held(kept)
        del kept
        gc.collect()
        assert one.sock is None


def test_what_is_sent_once_goes_over_a_connection_of_its_own(kept):
    """A kept one may end with the request, and nobody knows whether it was read."""
    with raw_server(_answers_one) as server:
        for what in "ab":
            assert _asked(kept, server.address, what, once=True) == what
        assert server.connections == 2
    assert not _held(kept)
