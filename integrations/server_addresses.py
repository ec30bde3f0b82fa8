"""Addresses of servers, as settings name them."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

# RFC 1123, 2.1, and the lines below that names in container networks have. A name in
# other letters is written as it is looked up: xn--…
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = rf"(?P<name>{_LABEL}(?:\.{_LABEL})*)|\[(?P<six>[0-9a-f:.]+)\]"
_SERVER = re.compile(
    rf"https?://(?:{_HOST})(?::(?P<port>[0-9]{{1,5}}))?/?", re.IGNORECASE
)

# What a server is called on the machine it runs on.
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def parts_of(address: str) -> SplitResult | None:
    """None when it cannot be read."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # which is read only now
    except ValueError:
        return None
    return parts


def host_of(address: str) -> str:
    """The host in an address; empty where none can be read."""
    parts = parts_of(address)
    return (parts and parts.hostname) or ""


def is_server(address: str) -> bool:
    """Whether it names a web server that can be there, and nothing and nobody on it."""
    found = _SERVER.fullmatch(address)
    if found is None or not 0 < int(found["port"] or 80) < 2**16:
        return False
    return _is_six(found["six"]) if found["six"] else len(found["name"]) <= 253


def _is_six(host: str) -> bool:
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True
