"""Which requests count as the visit of a person."""

from urllib.parse import urlsplit

import pytest

from advocacy.links.callers import as_bytes
from advocacy.links.visits import is_rewritten, is_scanner_network, is_speculative
from tests.advocacy.links.asking import Headers


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("sec-purpose", "prefetch;prerender"),
        ("sec-purpose", "prefetch;anonymous-client-ip"),
        ("purpose", "prefetch"),
        ("x-purpose", "preview"),
        ("x-moz", "Prefetch"),
    ],
)
def test_what_a_browser_loads_ahead_does_not_count(header, value):
    assert is_speculative(Headers((header, value)))


def test_other_words_in_those_headers_are_no_reason():
    assert not is_speculative(Headers(("sec-purpose", "navigate")))


@pytest.mark.parametrize(
    "referer",
    [
        "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa",
        "https://urldefense.com/v3/__https://a__",
        "https://protect-eu.mimecast.com/s/abc",
        "HTTPS://user@Protect-EU.Mimecast.com:443?x",
        "https://mimecast.com",
        "https://url.uk.m.mimecastprotect.com/s/abc",
    ],
)
def test_links_rewritten_by_a_mail_filter_do_not_count(referer):
    assert is_rewritten(referer)


@pytest.mark.parametrize(
    "referer",
    [
        "https://www.linkedin.com/feed/",
        "android-app://com.linkedin.android/",
        "https://notmimecast.com/",
        "https://mimecast.com.evil.example/",
        "https://www.linkedin.com/?https://mimecast.com/",
        "https://www.linkedin.com/#@mimecast.com",
        "mimecast.com",
        "https://[broken/",
        "",
    ],
)
def test_other_referers_are_no_reason(referer):
    assert not is_rewritten(referer)


def test_a_referer_is_remembered_by_no_library():
    urlsplit.cache_clear()
    assert is_rewritten("https://urldefense.com/v3/__https://a__")
    assert urlsplit.cache_info().currsize == 0


@pytest.mark.parametrize(
    "address", ["148.163.130.7", "67.231.144.0", "::ffff:209.222.82.9"]
)
def test_the_networks_of_mail_filters_do_not_count(address):
    assert is_scanner_network(as_bytes(address))


@pytest.mark.parametrize(
    "address", ["192.0.2.7", "67.231.160.0", "43e7:9000::1", "2001:db8::1", "unix:", ""]
)
def test_other_networks_are_no_reason(address):
    assert not is_scanner_network(as_bytes(address))
