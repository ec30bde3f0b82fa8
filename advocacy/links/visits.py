"""What kind of visit a request is, judged by the request alone (privacy.md 3.2)."""

import re
from ipaddress import IPv4Network

from advocacy.links.requests import Headers

# Browsers say in one of these that nobody pressed anything yet.
SPECULATION_HEADERS = ("sec-purpose", "purpose", "x-purpose", "x-moz")
SPECULATION = re.compile("prefetch|prerender|preview", re.IGNORECASE)

# What stands further on in a header is not read: servers take hundreds of kilobytes,
# and no browser sends them.
MOST_CHARACTERS = 512

# Mail filters rewrite links; what comes through such an address is the filter's own
# look, or cannot be told from it.
REWRITING_SITES = (
    "safelinks.protection.outlook.com",
    "safelinks.protection.office365.us",
    "urldefense.com",
    "urldefense.us",
    "urldefense.proofpoint.com",
    "mimecast.com",
    "mimecastprotect.com",
    "linkprotect.cudasvc.com",
)
_BELOW_REWRITING_SITES = tuple(f".{site}" for site in REWRITING_SITES)
# By hand: urllib's parser remembers the addresses it has seen.
AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#\\]*)")

# Networks of mail filters, which visit every link in a message with the name of a real
# browser. Taken from the vendors' own firewall lists; wrong entries cost a few counts,
# missing ones too.
SCANNER_NETWORKS = (
    "67.231.144.0/20",  # Proofpoint
    "148.163.128.0/19",  # Proofpoint
    "208.84.64.0/22",  # Proofpoint
    "208.86.200.0/22",  # Proofpoint
    "64.235.144.0/20",  # Barracuda
    "209.222.80.0/21",  # Barracuda
)
_SCANNERS = frozenset(
    part.network_address.packed[:3]
    for network in map(IPv4Network, SCANNER_NETWORKS)
    for part in network.subnets(new_prefix=24)
)


def is_speculative(headers: Headers) -> bool:
    """Whether a browser loads this ahead of time, just in case."""
    for name in SPECULATION_HEADERS:
        told = headers.get(name)
        if told and SPECULATION.search(told, 0, MOST_CHARACTERS):
            return True
    return False


def is_rewritten(referer: str) -> bool:
    """Whether the visit comes through a mail filter's rewritten link."""
    found = AUTHORITY.match(referer, 0, MOST_CHARACTERS)
    if found is None:
        return False
    host = found[1].rpartition("@")[2].partition(":")[0].lower()
    return f".{host}".endswith(_BELOW_REWRITING_SITES)


def is_scanner_network(caller: bytes) -> bool:
    """Whether the address (`callers.caller_of`) belongs to a mail filter."""
    return len(caller) == 4 and caller[:3] in _SCANNERS
