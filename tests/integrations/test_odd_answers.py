"""Answers that are not quite HTTP: none is taken for one, none is read without end."""

from itertools import repeat

import pytest

from integrations.errors import NotDone, OutcomeUnknown
from integrations.linkedin.line import LinkedInLine
from integrations.outgoing_http import AddressRefused, fetch_page
from tests.integrations.impatient import ACCESS, linkedin
from tests.integrations.keeping import asked
from tests.integrations.linkedin.scripted import raw_server, read_request

CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
# A server sends this much before it stops by itself.
MOST = 50_000_000
SOME = 20_000_000


def fetched(address):
    return fetch_page(f"{address}/", (address.removeprefix("http://"),), seconds=5)


def fails_to_fetch(address):
    with pytest.raises(NotDone) as caught:
        fetched(address)
    assert caught.value.code == "unreachable"


def fails_to_ask(address):
    with pytest.raises(NotDone) as caught:
        asked(None, address)
    assert caught.value.code == "ConnectionError"


def fails_to_create(address):
    with pytest.raises(OutcomeUnknown):
        LinkedInLine(linkedin(address), ACCESS).create(b"{}")


def saying(answer, sent):
    """Something that gives this answer, and goes on speaking for as long as it may."""

    def handle(line):
        read_request(line)
        line.sendall(answer)
        for block in repeat(b"x" * 65536, MOST // 65536):
            line.sendall(block)
            sent.append(len(block))

    return handle


@pytest.mark.parametrize("fails", [fails_to_fetch, fails_to_ask, fails_to_create])
@pytest.mark.parametrize(
    "size", [b"-1", b"-5", b"+5", b"0x5", b"1_0", b"", b"f" * 16, b"\xd9\xa1"]
)
def test_a_size_of_a_chunk_is_written_in_hexadecimal_digits_alone(fails, size):
    sent = []
    # No page and no post: an answer that has to be read all the same.
    status = b"200 OK" if fails is not fails_to_create else b"400 No"
    answer = b"HTTP/1.1 %s\r\n%s%s\r\n" % (status, CHUNKED, size)
    with raw_server(saying(answer, sent)) as server:
        fails(server.address)
    assert sum(sent) < SOME


def test_sizes_may_have_capitals_zeros_and_extensions():
    def handle(line):
        read_request(line)
        line.sendall(b"HTTP/1.1 200 OK\r\n" + CHUNKED)
        line.sendall(b"00A;name=value\r\n0123456789\r\na \r\n0123456789\r\n0\r\n\r\n")

    with raw_server(handle) as server:
        assert fetched(server.address).body == b"0123456789" * 2


def only(answer):
    def handle(line):
        read_request(line)
        line.sendall(answer)

    return handle


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<title>Half of it",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/ht",
        b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"a\r\n01234",
        b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"2\r\n01\r\n",
    ],
)
def test_a_page_that_breaks_off_is_no_page(answer):
    with raw_server(only(answer)) as server:
        fails_to_fetch(server.address)


def test_what_only_announces_a_page_is_not_the_page():
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<p>hi"
    with raw_server(only(early + page)) as server:
        assert fetched(server.address).body == b"<p>hi"


@pytest.mark.parametrize("place", ["http://[::1", "//\u2100.example/", "http://[x]/"])
def test_a_page_that_moved_to_what_is_no_address_is_refused(place):
    answer = f"HTTP/1.1 302 Found\r\nLocation: {place}\r\n\r\n".encode()
    with raw_server(only(answer)) as server, pytest.raises(AddressRefused) as refused:
        fetched(server.address)
    assert refused.value.code == "bad"


@pytest.mark.parametrize(
    "error", [ValueError, UnicodeError, LookupError, OverflowError]
)
@pytest.mark.parametrize("where", ["begin", "read"])
def test_errors_of_pythons_own_are_told_as_an_answer_that_is_none(
    monkeypatch, error, where
):
    def broken(*_given):
        raise error

    monkeypatch.setattr(f"http.client.HTTPResponse.{where}", broken)
    with raw_server(only(b"HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n")) as server:
        fails_to_ask(server.address)
        fails_to_create(server.address)
