"""No typed address leads to this machine or this network: real sockets, a resolver that lies."""

import socket
from typing import Any

import pytest

from integrations.errors import NotDone
from integrations.outgoing_http import (
    ADDRESS_CODES,
    AddressRefused,
    fetch_page,
    public_address,
)
from tests.integrations.site import Site

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


@pytest.mark.parametrize("url", HOSTILE)
def test_no_disguise_reaches_a_private_place(url: str, dialled: list[Any]) -> None:
    with pytest.raises(AddressRefused) as refused:
        fetch_page(url, seconds=3)

    assert refused.value.code in ADDRESS_CODES
    assert dialled == []


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
