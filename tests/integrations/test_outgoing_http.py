"""Fetching typed addresses: real sockets, a real server, a resolver that lies."""

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from integrations.errors import NotDone
from integrations.outgoing_http import (
    ADDRESS_CODES,
    AddressRefused,
    fetch_page,
    public_address,
    written_address,
)

# Each of these is a way to reach this machine, this network or a cloud's own service.
HOSTILE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://00000177.0.0.1/",
    "http://127.0.0.1./",
    "http://127.0.0.1:80/",
    "http://127.127.127.127/",
    "http://0.0.0.0/",
    "http://0/",
    "http://10.1.2.3/",
    "http://172.16.9.9/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://198.18.0.1/",
    "http://192.0.2.7/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:c0a8:101::1]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://a.localhost/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://intranet/",
    "http://wiki.intranet/",
    "http://router.lan/",
    "http://nas.home.arpa/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%2f@example.com/",
    "http://example.com@127.0.0.1/",
    "http://example.com\\@127.0.0.1/",
    "http://127.0.0.1#@example.com/",
    "http://example.com:22/",
    "http://example.com:6379/",
]


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address a socket was really connected to."""
    seen: list[Any] = []

    class Watched(socket.socket):
        def connect(self, address: Any) -> None:
            seen.append(address)
            super().connect(address)

    monkeypatch.setattr(socket, "socket", Watched)
    return seen


@pytest.mark.parametrize("url", HOSTILE)
def test_no_disguise_reaches_a_private_place(url: str, dialled: list[Any]) -> None:
    with pytest.raises(AddressRefused) as refused:
        fetch_page(url, seconds=3)

    assert refused.value.code in ADDRESS_CODES
    assert dialled == []


@dataclass
class Site:
    """A web server of our own on loopback, which remembers what it was asked."""

    port: int
    asked: list[str] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    drip: float = 0.0

    @property
    def allowed(self) -> tuple[str, ...]:
        return (f"127.0.0.1:{self.port}",)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        status, headers, body = self.site.answers.get(self.path, (404, {}, b"no"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        step = 1 if self.site.drip else 1 << 20
        for start in range(0, len(body), step):
            try:
                self.wfile.write(body[start : start + step])
            except OSError:
                return  # the client has left
            time.sleep(self.site.drip)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(name="site")
def a_site() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield Handler.site
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_allowed_host_is_fetched(site: Site) -> None:
    site.answers["/a%20b?q=1"] = (200, {"Content-Type": "text/html"}, b"<p>hello")

    page = fetch_page(site.at("/a b?q=1"), site.allowed)

    assert page.body == b"<p>hello"
    assert (page.content_type, page.cut) == ("text/html", False)
    assert page.address == site.at("/a%20b?q=1")


def test_a_host_that_is_not_allowed_is_not_asked(site: Site) -> None:
    for allowed in ((), ("127.0.0.1:1",), (f"example.com:{site.port}",)):
        with pytest.raises(AddressRefused):
            fetch_page(site.at("/"), allowed)

    assert site.asked == []


def test_being_allowed_is_for_one_port_only(site: Site) -> None:
    with pytest.raises(AddressRefused):
        written_address("http://127.0.0.1:1/", site.allowed)
    assert public_address(site.at("/"), site.allowed) == site.at("/")


def test_a_redirect_to_a_private_place_is_not_followed(
    site: Site, dialled: list[Any]
) -> None:
    for number, place in enumerate(
        ("http://127.0.0.1/", "http://[::1]/", "http://0x7f.1/", "file:///etc/passwd")
    ):
        site.answers[f"/{number}"] = (302, {"Location": place}, b"")
        with pytest.raises(AddressRefused):
            fetch_page(site.at(f"/{number}"), site.allowed)

    assert set(dialled) == {("127.0.0.1", site.port)}


def test_three_redirects_are_followed_and_four_are_not(site: Site) -> None:
    for number in range(4):
        site.answers[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")
    site.answers["/4"] = (200, {}, b"there")

    assert fetch_page(site.at("/1"), site.allowed).address == site.at("/4")
    with pytest.raises(NotDone) as missed:
        fetch_page(site.at("/0"), site.allowed)
    assert missed.value.code == "redirects"


def test_a_redirect_may_be_written_in_utf_8(site: Site) -> None:
    place = "/één".encode().decode("latin-1")
    site.answers["/"] = (301, {"Location": place}, b"")
    site.answers["/%C3%A9%C3%A9n"] = (200, {}, b"there")

    assert fetch_page(site.at("/"), site.allowed).body == b"there"


def test_a_name_that_changes_its_answer_gains_nothing(
    site: Site, dialled: list[Any]
) -> None:
    """The first look-up is what is connected to; there is no second one."""
    asked: list[str] = []

    def resolver(host: str, port: int, *_: object) -> list[Any]:
        asked.append(host)
        place = "203.0.114.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    with pytest.raises(NotDone):
        fetch_page("http://moving.example/", seconds=1, resolver=resolver)

    assert asked == ["moving.example"]
    assert set(dialled) == {("203.0.114.1", 80)}


@pytest.mark.parametrize(
    "places",
    [["127.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"], ["169.254.169.254"]],
)
def test_a_public_name_with_a_private_answer_is_refused(
    places: list[str], dialled: list[Any]
) -> None:
    def resolver(_host: str, port: int, *_: object) -> list[Any]:
        return [
            (
                socket.AF_INET6 if ":" in place else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (place, port, 0, 0) if ":" in place else (place, port),
            )
            for place in places
        ]

    for use in (fetch_page, public_address):
        with pytest.raises(AddressRefused) as refused:
            use("https://evil.example/", resolver=resolver)
        assert refused.value.code == "private"
    assert dialled == []


def test_a_proxy_from_the_environment_is_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.answers["/"] = (200, {}, b"direct")

    assert fetch_page(site.at("/"), site.allowed).body == b"direct"


def test_a_large_page_is_cut(site: Site) -> None:
    site.answers["/"] = (200, {}, b"x" * 3_000_000)

    page = fetch_page(site.at("/"), site.allowed, max_bytes=1000)

    assert (len(page.body), page.cut) == (1000, True)


def test_a_page_that_was_packed_unasked_is_unpacked_no_further_than_the_limit(
    site: Site,
) -> None:
    packed = gzip.compress(b"x" * 50_000_000)
    site.answers["/"] = (200, {"Content-Encoding": "gzip"}, packed)

    tracemalloc.start()
    page = fetch_page(site.at("/"), site.allowed, max_bytes=100_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (len(page.body), page.cut) == (100_000, True)
    assert most < 5_000_000


@pytest.mark.parametrize("status", [204, 403, 404, 500])
def test_an_answer_other_than_a_page_is_no_page(site: Site, status: int) -> None:
    site.answers["/"] = (status, {}, b"")

    with pytest.raises(NotDone) as missed:
        fetch_page(site.at("/"), site.allowed)
    assert missed.value.code == "answer"


def test_a_server_that_drips_is_left_when_the_time_is_up(site: Site) -> None:
    # Nearly an hour of it.
    site.answers["/"] = (200, {"Content-Length": "70000"}, b"x" * 70_000)
    site.drip = 0.05

    with pytest.raises(NotDone) as missed:
        fetch_page(site.at("/"), site.allowed, seconds=0.4)

    assert missed.value.code == "slow"
    assert len(site.asked) == 1


def test_a_server_that_says_nothing_is_left_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(NotDone) as missed:
            fetch_page(f"http://127.0.0.1:{port}/", (f"127.0.0.1:{port}",), seconds=0.3)
    assert missed.value.code == "slow"


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(NotDone) as missed:
        fetch_page(f"http://127.0.0.1:{port}/", (f"127.0.0.1:{port}",))
    assert missed.value.code == "unreachable"


def test_plain_http_behind_https_is_unreachable(site: Site) -> None:
    with pytest.raises(NotDone) as missed:
        fetch_page(f"https://127.0.0.1:{site.port}/", site.allowed, seconds=2)
    assert missed.value.code == "unreachable"
