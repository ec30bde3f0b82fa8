"""Fetching typed addresses: real sockets and a real server."""

import gzip
import socket
import tracemalloc

import pytest

from integrations.errors import NotDone
from integrations.outgoing_http import (
    AddressRefused,
    fetch_page,
    public_address,
    written_address,
)
from tests.integrations.site import Site


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
