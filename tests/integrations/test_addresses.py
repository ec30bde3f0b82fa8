"""Which typed addresses are taken, and what is said about the others."""

import socket
from typing import Any

import pytest

from integrations.addresses import AddressRefused, public_address, written_address

# Public, so that a guard which refuses everything is found out.
HARMLESS = [
    "http://8.8.8.8/",
    "https://1.1.1.1/dns/",
    "http://[2606:4700:4700::1111]/",
    "http://[::ffff:8.8.8.8]/",
    "https://example.com/",
    "https://example.com/a?c=d&e=%20#part",
    "https://münchen.example/straße",
    "http://192.0.0.9/",
]


@pytest.mark.parametrize("url", HARMLESS)
def test_public_addresses_are_taken(url: str) -> None:
    assert written_address(url).startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "no_scheme"),
        ("example.com/page", "no_scheme"),
        ("www.example.com:8080/page", "no_scheme"),
        ("//example.com/page", "no_scheme"),
        ("localhost:8000/page", "no_scheme"),
        ("javascript:alert(1)", "not_http"),
        ("JaVaScRiPt:alert(1)", "not_http"),
        ("java\tscript:alert(1)", "no_scheme"),
        ("data:text/html,hello", "not_http"),
        ("file:///etc/passwd", "not_http"),
        ("ftp://example.com/", "not_http"),
        ("mailto:someone@example.com", "not_http"),
        ("https://user:secret@example.com/", "credentials"),
        ("https://@example.com/", "credentials"),
        ("https://example.com:8443/", "port"),
        ("https://192.168.0.10/", "private"),
        ("https://192.168.0.10:8443/", "private"),
        ("https://[::1]:8443/", "private"),
        ("https://localhost:8443/", "private"),
        ("https://[2606:4700::1111]:8443/", "port"),
        ("https://wiki/", "private"),
        ("https://", "bad"),
        ("https:/example.com", "bad"),
        ("https:example.com", "bad"),
        ("https://exa mple.com/", "bad"),
        ("https://example.com/a\r\nSet-Cookie: b=c", "bad"),
        ("https://example.com/a\nb", "bad"),
        ("https://example.com:99999/", "bad"),
        ("https://exam_ple.com/", "bad"),
        ("https://a..b/", "bad"),
        ("https://[::1/", "bad"),
        ("https://0x7f.1/", "bad"),
        ("https://" + "a" * 70 + ".com/", "bad"),
        ("https://example.com/" + "a" * 2000, "too_long"),
        ("https://example.com/" + "é" * 1000, "too_long"),
    ],
)
def test_a_refused_address_says_why(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        written_address(url)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://example.com ", "https://example.com/"),
        ("HTTPS://Example.COM/Path", "https://example.com/Path"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:80/x", "http://example.com/x"),
        ("https://example.com/a b", None),
        (
            "https://example.com/één?q=ü#ß",
            "https://example.com/%C3%A9%C3%A9n?q=%C3%BC#%C3%9F",
        ),
        ("https://example.com/100%25", "https://example.com/100%25"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ('https://example.com/"<x>', "https://example.com/%22%3Cx%3E"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_an_address_is_kept_in_one_plain_form(typed: str, kept: str | None) -> None:
    assert written_address(typed) == (kept or "https://example.com/a%20b")


def test_being_allowed_is_for_one_host_and_port_only() -> None:
    allowed = ("127.0.0.1:8001", "[::1]:8002", "Pages.Localhost:8003")

    for mine in (
        "http://127.0.0.1:8001/",
        "http://[::1]:8002/",
        "http://pages.localhost:8003/",
    ):
        assert written_address(mine, allowed) == mine
    for other in (
        "http://127.0.0.1:8002/",
        "http://127.0.0.1/",
        "http://[::1]:8001/",
        "http://localhost:8003/",
    ):
        with pytest.raises(AddressRefused):
            written_address(other, allowed)


def test_a_name_nobody_knows_is_said_to_be_unresolvable() -> None:
    def resolver(*_: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    with pytest.raises(AddressRefused) as refused:
        public_address("https://nothing.example/", resolver=resolver)
    assert refused.value.code == "unresolvable"
