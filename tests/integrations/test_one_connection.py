"""What leaves together when a request is sent."""

import socket

import pytest

from integrations.one_connection import one_connection

BODY = b'{"commentary":"Good morning"}'
HEADERS = {"Content-Length": str(len(BODY))}


def _sent(base, body):
    """What each send carried: a socket of this kind keeps them apart."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection = one_connection(base, 1, None)
    connection.sock = ours
    connection.request("POST", "/to", body, HEADERS)
    connection.close()
    with theirs:
        return list(iter(lambda: theirs.recv(65536), b""))


@pytest.mark.parametrize("base", ["http://localhost:1", "https://localhost:1"])
def test_a_body_at_hand_leaves_together_with_its_head(base):
    (whole,) = _sent(base, BODY)
    head, _, body = whole.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /to HTTP/1.1\r\nHost: localhost:1\r\n")
    assert body == BODY


@pytest.mark.parametrize("base", ["http://localhost:1", "https://localhost:1"])
def test_what_is_read_while_it_is_sent_leaves_piece_by_piece(base):
    head, *pieces = _sent(base, iter([BODY[:7], BODY[7:]]))
    assert head.endswith(b"\r\n\r\n")
    assert pieces == [BODY[:7], BODY[7:]]


@pytest.mark.parametrize("base", ["http://localhost:1", "https://localhost:1"])
def test_a_head_without_a_body_leaves(base):
    (head,) = _sent(base, None)
    assert head.endswith(b"\r\n\r\n")
