"""From which address a request comes."""

import pytest

from advocacy.links.callers import as_bytes, caller_of, network_of
from tests.advocacy.links.asking import Scope


@pytest.mark.parametrize(
    ("hops", "forwarded", "caller"),
    [
        (0, "203.0.113.5", "10.0.0.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        (2, "1.1.1.1, 203.0.113.5 ,10.0.0.2", "203.0.113.5"),
        (2, "203.0.113.5", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "1.1.1.1, ", "10.0.0.9"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_the_proxies_that_are_there_are_believed(hops, forwarded, caller):
    told = [("X-Forwarded-For", forwarded)] if forwarded else []
    assert caller_of(Scope("/", *told, client="10.0.0.9:1"), hops) == as_bytes(caller)


def test_a_proxy_may_add_a_header_of_its_own_instead_of_to_the_one_there_is():
    told = [("X-Forwarded-For", one) for one in ("1.1.1.1", "203.0.113.5")]
    for hops, caller in ((1, "203.0.113.5"), (2, "1.1.1.1"), (3, "10.0.0.9")):
        request = Scope("/", *told, client="10.0.0.9:1")
        assert caller_of(request, hops) == as_bytes(caller)


def test_the_other_end_of_the_line_has_an_address_and_a_port():
    assert caller_of(Scope("/", client="[2001:db8::1]:80"), 0) == as_bytes(
        "2001:db8::1"
    )


def test_without_any_address_there_is_still_an_answer():
    assert caller_of(Scope("/", client=""), 0) == b""
    assert caller_of(Scope("/", client=""), 1) == b""
    assert len(caller_of(Scope("/", client=f"{'x' * 1000}:1"), 0)) == 64


@pytest.mark.parametrize(
    "address", ["192.0.2.7", "::ffff:192.0.2.7", "::ffff:c000:207"]
)
def test_an_address_is_the_same_however_it_is_written(address):
    assert as_bytes(address) == bytes([192, 0, 2, 7])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.200", True),
        ("192.0.2.7", "192.0.3.7", False),
        ("2001:db8:1:2::7", "2001:db8:1:9::8", True),
        ("2001:db8:1::7", "2001:db8:2::7", False),
        ("192.0.2.7", "::ffff:192.0.2.9", True),
        ("192.0.2.7", "c000:0200::", False),
    ],
)
def test_neighbours_are_in_one_network(one, other, same):
    networks = {network_of(as_bytes(address)) for address in (one, other)}
    assert (len(networks) == 1) is same


def test_what_is_no_address_is_all_one_network():
    assert network_of(as_bytes("unix:")) == b""
