"""What kind of visit a request is, judged by the request alone (privacy.md 3.2)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Network
from socket import AF_INET, AF_INET6, inet_pton
from typing import Any
from urllib.parse import urlsplit

from is_crawler import is_crawler

from advocacy.links.models import Outcome

# Browsers say in one of these that nobody pressed anything yet.
SPECULATION_HEADERS = (
    "HTTP_SEC_PURPOSE",
    "HTTP_PURPOSE",
    "HTTP_X_PURPOSE",
    "HTTP_X_MOZ",
)
SPECULATION = re.compile("prefetch|prerender|preview", re.IGNORECASE)

# Programs that the crawler list does not know: drivers of browsers and scanners of
# mail.
MORE_PROGRAMS = re.compile(
    "barracuda|mimecast|proofpoint|urldefense|safelinks|url-?scanner|linkscanner"
    "|phantomjs|puppeteer|playwright|selenium|webdriver"
    r"|^mozilla/\d\.\d$",
    re.IGNORECASE,
)

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
IPV4_CORNER = 0xFFFF << 32
_SCANNER_RANGES = tuple(
    (IPV4_CORNER | int(network[0]), IPV4_CORNER | int(network[-1]))
    for network in map(IPv4Network, SCANNER_NETWORKS)
)


def reason_not_to_count(environ: Mapping[str, Any]) -> Outcome | None:
    """Why this request is no visit of a person; None when it may be one."""
    if is_speculative(environ):
        return Outcome.PREFETCH
    if is_program(environ.get("HTTP_USER_AGENT", "")):
        return Outcome.BOT
    if is_rewritten(environ.get("HTTP_REFERER", "")) or is_scanner_network(
        environ.get("REMOTE_ADDR", "")
    ):
        return Outcome.SCANNER
    return None


def is_speculative(environ: Mapping[str, Any]) -> bool:
    """Whether a browser loads this ahead of time, just in case."""
    for name in SPECULATION_HEADERS:
        if name in environ and SPECULATION.search(environ[name]):
            return True
    return False


@lru_cache(maxsize=2048)
def is_program(agent: str) -> bool:
    """Whether this is no person's browser. The one inside LinkedIn's app is."""
    return not agent.strip() or is_crawler(agent) or bool(MORE_PROGRAMS.search(agent))


def is_rewritten(referer: str) -> bool:
    """Whether the visit comes through a mail filter's rewritten link."""
    if not referer:
        return False
    try:
        host = urlsplit(referer).hostname or ""
    except ValueError:
        return False
    return any(host == site or host.endswith("." + site) for site in REWRITING_SITES)


def is_scanner_network(address: str) -> bool:
    """Whether the address belongs to a mail filter. Addresses are not remembered."""
    number = as_number(address)
    return any(first <= number <= last for first, last in _SCANNER_RANGES)


def as_number(address: str) -> int:
    """An address as IPv6 has it, where IPv4 has a corner of its own; 0 for none."""
    try:
        if ":" in address:
            return int.from_bytes(inet_pton(AF_INET6, address), "big")
        return IPV4_CORNER | int.from_bytes(inet_pton(AF_INET, address), "big")
    except (OSError, ValueError):
        return 0
