"""The one way to fetch an address that a person typed.

A name is looked up once, every answer is checked, and the connection goes to a checked
address, so that a name which changes its answer gains nothing. No cookies, no proxy, no
passwords from files; a deadline for the whole and a limit on size.
"""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Timer
from urllib.parse import urljoin, urlsplit

import certifi
from ssrfguard import Address, BlockedAddressError, Policy, Resolver, Target
from ssrfguard import connect as connect_to

from integrations.addresses import (
    ADDRESS_CODES,
    AddressRefused,
    checked_answers,
    policy_for,
    public_address,
    written_address,
)
from integrations.errors import NotDone
from integrations.final_response import final_response

__all__ = [
    "ADDRESS_CODES",
    "AddressRefused",
    "Page",
    "fetch_page",
    "public_address",
    "written_address",
]

HOPS = 3
SECONDS = 10.0
MOST_BYTES = 2_000_000
_MOVED = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; AdvocacyPreview/1.0)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True)
class Page:
    """What came back, after redirects."""

    address: str
    content_type: str
    body: bytes
    cut: bool  # there was more than we take


def fetch_page(
    url: str,
    allowed: tuple[str, ...] = (),
    *,
    max_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
    resolver: Resolver | None = None,
) -> Page:
    """Get an address, following few redirects, each checked like the first.

    Raises AddressRefused, or NotDone with a code: "unreachable", "slow", "answer" (it
    was not a 200), "redirects".
    """
    until = time.monotonic() + seconds
    address = url
    for _ in range(HOPS + 1):
        address = written_address(address, allowed)
        with _asked(address, allowed, until, resolver) as answer:
            if answer.status not in _MOVED:
                return _page(address, answer, max_bytes)
            address = _moved_to(address, answer)
    raise NotDone("too many redirects", code="redirects")


def _moved_to(address: str, answer: http.client.HTTPResponse) -> str:
    # Headers arrive as Latin-1 whatever they are; most mean UTF-8.
    place = answer.headers.get("Location", "").encode("latin-1")
    try:
        return urljoin(address, place.decode("utf-8", "replace"))
    except ValueError as error:
        raise AddressRefused("bad") from error


@contextmanager
def _asked(
    address: str,
    allowed: tuple[str, ...],
    until: float,
    resolver: Resolver | None,
) -> Iterator[http.client.HTTPResponse]:
    """The answer to one GET. Whatever breaks outside becomes NotDone."""
    parts = urlsplit(address)
    policy = policy_for(parts, allowed)
    target = policy.check_url(address)
    answers = checked_answers(target, policy, resolver)
    try:
        with _line(target, answers, policy, until) as line:
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            line.request("GET", path, headers={"Host": parts.netloc, **_HEADERS})
            with final_response(line, until) as answer:
                yield answer
            if time.monotonic() >= until:
                raise TimeoutError  # the timer ended it: what was read is a part
    except BlockedAddressError as error:
        raise AddressRefused("private") from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= until:
            raise NotDone("the page took too long", code="slow") from error
        raise NotDone("the page could not be fetched", code="unreachable") from error


@contextmanager
def _line(
    target: Target, answers: tuple[Address, ...], policy: Policy, until: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to a checked address, cut when the time is up.

    Time-outs of sockets begin anew with each byte; a server that drips could hold us
    for hours. So a timer shuts the socket down.
    """
    left = max(until - time.monotonic(), 0.1)
    end = connect_to(answers, policy=policy, timeout=left / 2)
    if target.scheme == "https":
        end = _trust().wrap_socket(
            end, server_hostname=target.host, do_handshake_on_connect=False
        )
    end.settimeout(left)
    timer = Timer(max(until - time.monotonic(), 0.1), _shut, [end])
    timer.start()
    try:
        if isinstance(end, ssl.SSLSocket):
            end.do_handshake()
        line = http.client.HTTPConnection(target.host, target.port)
        line.auto_open = 0  # never look the name up again
        line.sock = end
        yield line
    finally:
        timer.cancel()
        timer.join()
        end.close()


def _shut(end: socket.socket) -> None:
    """Wake whoever is reading. The plain socket's method, also under TLS."""
    try:
        socket.socket.shutdown(end, socket.SHUT_RDWR)
    except OSError:
        return  # closed in the same moment


@cache
def _trust() -> ssl.SSLContext:
    """The machine's certificates, and certifi's for machines that have none."""
    trust = ssl.create_default_context()
    trust.load_verify_locations(certifi.where())
    return trust


def _page(address: str, answer: http.client.HTTPResponse, max_bytes: int) -> Page:
    if answer.status != http.HTTPStatus.OK:
        raise NotDone(f"the page answered {answer.status}", code="answer")
    body = answer.read(max_bytes + 1)
    if answer.length and len(body) <= max_bytes:
        raise http.client.IncompleteRead(body, answer.length)
    if answer.headers.get("Content-Encoding", "").lower() == "gzip":
        # Not asked for, sent by some all the same.
        body = zlib.decompressobj(wbits=31).decompress(body, max_bytes + 1)
    return Page(
        address=address,
        content_type=answer.headers.get("Content-Type", ""),
        body=body[:max_bytes],
        cut=len(body) > max_bytes,
    )
