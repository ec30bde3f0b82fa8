"""The line itself: before the first byte nothing happened, after it nobody knows."""

import socket
import threading
import time
from dataclasses import replace

import pytest

from integrations.errors import NotDone, OutcomeUnknown
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.line import LinkedInLine
from integrations.linkedin.settings import Patience
from integrations.network import Access
from tests.integrations.certificates import server_context
from tests.integrations.linkedin.scripted import raw_server, read_request, settings_for

ACCESS = Access("the-token", "member1")
CREATED = b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:1\r\n"


def _unused_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
def test_a_server_that_is_not_there_means_nothing_was_done(host):
    settings = settings_for(f"http://{host}:{_unused_port()}")
    with pytest.raises(NotDone):
        LinkedIn(settings).open_line(ACCESS)


def test_a_line_that_ended_before_its_use_means_nothing_was_done():
    ended = threading.Event()

    def hang_up(line):
        line.shutdown(socket.SHUT_RDWR)
        ended.set()

    with raw_server(hang_up) as server:
        line = LinkedIn(settings_for(server.address)).open_line(ACCESS)
        assert ended.wait(5)
        time.sleep(0.05)
        with pytest.raises(NotDone):
            line.create(b"{}")
        assert server.connections == 1


def test_a_line_closed_by_us_is_not_opened_anew():
    with raw_server(read_request) as server:
        line = LinkedIn(settings_for(server.address)).open_line(ACCESS)
        line.close()
        line.close()
        with pytest.raises(NotDone):
            line.create(b"{}")
        assert server.connections <= 1


@pytest.mark.parametrize(
    "last",
    [
        b"",
        b"HTTP/1.1 201 Created\r\nx-restli-",
        b"HTTP/1.1 422 Unprocessable\r\nContent-Length: 50\r\n\r\n{",
        b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:71",
        b"HTTP/1.1 500 Broken\r\nContent-Length: 50\r\n\r\n{",
        b"\x00\xff nonsense\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
    ],
)
def test_a_line_that_breaks_after_the_first_byte_means_nobody_knows(last):
    def answer(line):
        read_request(line)
        line.sendall(last)

    with raw_server(answer) as server:
        line = LinkedIn(settings_for(server.address)).open_line(ACCESS)
        with pytest.raises(OutcomeUnknown):
            line.create(b"{}")
        assert server.connections == 1


def test_a_reset_after_the_request_means_nobody_knows():
    def reset(line):
        read_request(line)
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    with raw_server(reset) as server:
        line = LinkedIn(settings_for(server.address)).open_line(ACCESS)
        with pytest.raises(OutcomeUnknown):
            line.create(b"{}")
        assert server.connections == 1


@pytest.mark.parametrize(
    ("head", "urn"),
    [(CREATED, "urn:li:share:1"), (b"HTTP/1.1 201 Created\r\n", None)],
)
def test_created_counts_even_if_the_rest_of_the_answer_is_lost(head, urn):
    def answer(line):
        read_request(line)
        line.sendall(head + b"Content-Length: 50\r\n\r\n{")

    with raw_server(answer) as server:
        line = LinkedIn(settings_for(server.address)).open_line(ACCESS)
        assert line.create(b"{}") == urn


def test_a_server_that_drips_is_given_up_in_time():
    stop = threading.Event()

    def drip(line):
        read_request(line)
        for byte in CREATED * 20:
            if stop.wait(0.05):
                return
            line.sendall(bytes([byte]))

    with raw_server(drip) as server:
        patience = Patience(connect=2, answer=0.4)
        settings = replace(settings_for(server.address), patience=patience)
        line = LinkedIn(settings).open_line(ACCESS)
        with pytest.raises(OutcomeUnknown) as caught:
            line.create(b"{}")
        stop.set()
    assert caught.value.code == "TimeoutError"


def test_a_line_is_for_one_post():
    seen = []

    def answer(line):
        seen.append(read_request(line))
        line.sendall(CREATED + b"Content-Length: 0\r\n\r\n")

    with raw_server(answer) as server:
        line = LinkedIn(settings_for(server.address)).open_line(ACCESS)
        assert line.create(b'{"a":"\xc3\xa9"}') == "urn:li:share:1"
        with pytest.raises(RuntimeError):
            line.create(b'{"a":1}')
        assert server.connections == 1
    [(head, body)] = seen
    assert body == b'{"a":"\xc3\xa9"}'
    rows = head.decode().split("\r\n")
    assert rows[0] == "POST /rest/posts HTTP/1.1"
    assert "Authorization: Bearer the-token" in rows
    assert "LinkedIn-Version: 202609" in rows
    assert "X-Restli-Protocol-Version: 2.0.0" in rows
    assert "Content-Type: application/json" in rows


def _over_tls(folder, seen):
    context = server_context(folder)

    def answer(line):
        with context.wrap_socket(line, server_side=True) as safe:
            seen.append(read_request(safe))
            safe.sendall(CREATED + b"Content-Length: 0\r\n\r\n")

    return answer


def test_a_post_goes_over_tls_to_a_server_we_trust(certificate):
    seen = []
    with raw_server(_over_tls(certificate, seen)) as server:
        address = server.address.replace("http:", "https:")
        trusted = str(certificate / "cert.pem")
        line = LinkedInLine(settings_for(address, ca_file=trusted), ACCESS)
        # Sessions tickets have come by now; they must not be taken for an ended line.
        time.sleep(0.1)
        assert line.create(b"{}") == "urn:li:share:1"
    assert len(seen) == 1


def test_a_server_we_do_not_trust_sees_no_request(certificate):
    seen = []
    with raw_server(_over_tls(certificate, seen)) as server:
        settings = settings_for(server.address.replace("http:", "https:"))
        with pytest.raises(NotDone):
            LinkedIn(settings).open_line(ACCESS)
    assert seen == []


def test_an_answer_that_only_announces_another_is_read_past():
    """A certain post would be in doubt."""

    def announces(line):
        read_request(line)
        line.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        line.sendall(b"HTTP/1.1 102 Processing\r\n\r\n")
        line.sendall(CREATED + b"Content-Length: 0\r\n\r\n")

    with raw_server(announces) as server:
        line = LinkedIn(settings_for(server.address)).open_line(ACCESS)
        assert line.create(b"{}") == "urn:li:share:1"
