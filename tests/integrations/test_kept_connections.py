"""One connection serves one call after the other, and no longer than that is safe."""

import gc
import time

import pytest

from integrations import bounded_http, kept_connections
from integrations.errors import NotDone
from integrations.kept_connections import KeptConnections
from tests.integrations.keeping import (
    HEAD,
    answers_all,
    answers_one,
    asked,
    asked_over_tls,
    end_all,
    held,
    next_request,
    say,
)
from tests.integrations.linkedin.scripted import raw_server


def test_calls_go_over_one_connection(kept):
    with raw_server(answers_all) as server:
        answers = [asked(kept, server.address, what) for what in "abc"]
        connections = server.connections
        end_all(kept)
    assert answers == ["a", "b", "c"]
    assert connections == 1


def test_pieces_of_unknown_number_and_refusals_leave_it_usable(kept):
    def handle(line):
        while what := next_request(line):
            if what == "a":
                line.sendall(b"HTTP/1.1 422 No\r\nContent-Length: 2\r\n\r\n{}")
                continue
            line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            for piece in (b'{"for": ', b'"%s"}' % what.encode(), b""):
                line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))

    with raw_server(handle) as server:
        with pytest.raises(NotDone, match="no"):
            asked(kept, server.address, "a")
        assert [asked(kept, server.address, what) for what in "bc"] == ["b", "c"]
        assert server.connections == 1
        end_all(kept)


def test_a_refusal_over_one_is_an_answer_like_any_other(kept):
    """It is not asked for once more over another."""
    requests = []

    def handle(line):
        while what := next_request(line):
            requests.append(what)
            if what == "a":
                say(line, what)
            else:
                line.sendall(b"HTTP/1.1 422 No\r\nContent-Length: 2\r\n\r\n{}")

    with raw_server(handle) as server:
        assert asked(kept, server.address, "a") == "a"
        with pytest.raises(NotDone) as caught:
            asked(kept, server.address, "b")
        connections = server.connections
        end_all(kept)
    assert caught.value.code == "422"
    assert requests == ["a", "b"]
    assert connections == 1


def test_one_that_the_server_ended_is_not_used_again(kept):
    with raw_server(answers_one) as server:
        assert asked(kept, server.address, "a") == "a"
        time.sleep(0.1)  # its end has arrived
        assert asked(kept, server.address, "b") == "b"
        assert server.connections == 2


def test_one_that_ends_under_a_request_is_made_up_for_once(kept):
    """It looked well when the request was sent."""

    def handle(line):
        say(line, next_request(line))
        next_request(line)  # and ends without an answer

    with raw_server(handle) as server:
        assert asked(kept, server.address, "a") == "a"
        assert asked(kept, server.address, "b") == "b"
        assert server.connections == 2
        end_all(kept)


def test_a_new_one_that_ends_under_a_request_is_an_error(kept):
    with (
        raw_server(next_request) as server,
        pytest.raises(NotDone, match="could not be reached"),
    ):
        asked(kept, server.address)
    assert server.connections == 1


def test_over_tls_calls_go_over_one_connection_too(kept, certificate):
    told, connections = asked_over_tls(kept, certificate, answers_all)
    assert told == ["a", "b", "c"]
    assert connections == 1


def test_all_tries_of_a_call_share_its_time(kept, monkeypatch):
    """Also when a kept connection ends under it: the next may connect for what is left."""
    connecting, open_one = [], bounded_http.one_connection

    def one_connection(base, seconds, ca_file):
        connecting.append(seconds)
        return open_one(base, seconds, ca_file)

    monkeypatch.setattr(bounded_http, "one_connection", one_connection)

    with raw_server(_answers_one_and_waits) as server:
        assert asked(kept, server.address, seconds=1) == "a"
        assert asked(kept, server.address, seconds=1) == "a"
        end_all(kept)
    assert connecting[0] > 0.9
    assert connecting[1] < 0.6


def _answers_one_and_waits(line):
    """And ends half a second into the next request."""
    answers_one(line)
    next_request(line)
    time.sleep(0.5)


def test_a_server_that_wants_to_end_it_may(kept):
    def handle(line):
        say(line, next_request(line), b"Connection: close")

    with raw_server(handle) as server:
        assert asked(kept, server.address) == "a"
        assert not held(kept)
        assert server.connections == 1


def test_one_that_was_idle_for_long_is_replaced(kept, monkeypatch):
    with raw_server(answers_all) as server:
        assert asked(kept, server.address, "a") == "a"
        monkeypatch.setattr(kept_connections, "IDLE_SECONDS", 0)
        assert asked(kept, server.address, "b") == "b"
        assert server.connections == 2
        end_all(kept)


def test_no_more_are_held_than_make_sense(kept, monkeypatch):
    monkeypatch.setattr(kept_connections, "MOST", 1)
    with raw_server(answers_one) as server:
        kept.keep("elsewhere", _connected(server))
        first, second = _connected(server), _connected(server)
        kept.keep("here", first)
        kept.keep("here", second)
        assert first.sock is None
        assert second.sock is not None
        end_all(kept)


def _connected(server):
    connection = kept_connections.http.client.HTTPConnection(
        server.address.removeprefix("http://")
    )
    connection.connect()
    return connection


def test_they_end_with_their_keeper():
    kept = KeptConnections()
    with raw_server(answers_all) as server:
        asked(kept, server.address)
        (one,) = held(kept)
        del kept
        gc.collect()
        assert one.sock is None


def test_what_is_sent_once_goes_over_a_connection_of_its_own(kept):
    """A kept one may end with the request, and nobody knows whether it was read."""
    with raw_server(answers_one) as server:
        for what in "ab":
            assert asked(kept, server.address, what, once=True) == what
        assert server.connections == 2
    assert not held(kept)
