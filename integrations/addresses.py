"""Which typed addresses may be ours: http or https, on the public network, no tricks.

`ssrfguard` knows the special networks and the disguises an address can wear; this file
adds what the settings allow, names of the house, and codes a page can put into words.
"""

import re
import socket
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from ssrfguard import (
    Address,
    BlockedAddressError,
    BlockedURLError,
    Policy,
    Resolver,
    Target,
)
from ssrfguard import resolve as look_up

# Every code an address can be refused with.
ADDRESS_CODES = frozenset(
    {
        "no_scheme",
        "not_http",
        "credentials",
        "private",
        "port",
        "unresolvable",
        "too_long",
        "bad",
    }
)
LONGEST = 2000  # characters: what browsers and networks are sure to carry

# Names that only ever mean this machine or this building.
_HERE = re.compile(
    r"(.*\.)?(localhost|local|localdomain|internal|intranet|lan|home\.arpa)"
)
# A last label like this is no name: it is an address written in another way (0x7f.1).
_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)")
_SCHEME = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)
# What may stay as it is in a path or query; the rest is percent-encoded, once.
_KEPT = "%/:@!$&'()*+,;=?~-._[]"
# urlsplit drops these silently, so that what was checked would not be what is used.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_PORTS = {"http": 80, "https": 443}

_public = Policy(max_url_length=LONGEST, max_connection_attempts=2)


class AddressRefused(Exception):
    """Not an address we take; `code` is one of ADDRESS_CODES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def written_address(url: str, allowed: tuple[str, ...] = ()) -> str:
    """The address in the form we keep, if it can be one of ours. Asks no network.

    `allowed` names hosts as "host:port" that may be private, for the demonstration.
    """
    parts = _parts(url.strip())
    policy = policy_for(parts, allowed)
    target = _target(parts, policy)
    if policy is _public:
        _refuse_names_of_here(target.host.rstrip("."))
    host = f"[{target.host}]" if ":" in target.host else target.host
    if target.port != _PORTS[target.scheme]:
        host = f"{host}:{target.port}"
    rest = (quote(part, safe=_KEPT) for part in parts[2:])
    address = urlunsplit((target.scheme, host, *rest))
    if len(address) > LONGEST:
        raise AddressRefused("too_long")
    return address


def public_address(
    url: str, allowed: tuple[str, ...] = (), *, resolver: Resolver | None = None
) -> str:
    """The same, if its name leads to the public network at this moment."""
    address = written_address(url, allowed)
    parts = _parts(address)
    policy = policy_for(parts, allowed)
    checked_answers(_target(parts, policy), policy, resolver)
    return address


def policy_for(parts: SplitResult, allowed: tuple[str, ...]) -> Policy:
    """What this address is held to: the public network, or exactly an allowed host."""
    host = (parts.hostname or "").lower()
    port = parts.port or _PORTS.get(parts.scheme, 0)
    for entry in allowed:
        name, _, number = entry.lower().rpartition(":")
        if (name.strip("[]"), number) == (host, str(port)):
            return Policy(
                allowed_hosts=frozenset({host}),
                allowed_ports=frozenset({port}),
                allowed_networks=("0.0.0.0/0", "::/0"),  # type: ignore[arg-type]
                max_url_length=LONGEST,
            )
    return _public


def checked_answers(
    target: Target, policy: Policy, resolver: Resolver | None = None
) -> tuple[Address, ...]:
    """Look the name up once; every answer must be one we may go to."""
    try:
        return look_up(target, policy=policy, resolver=resolver)
    except BlockedAddressError as error:
        raise AddressRefused("private") from error
    except socket.gaierror as error:
        raise AddressRefused("unresolvable") from error
    except UnicodeError as error:
        raise AddressRefused("bad") from error


def _parts(address: str) -> SplitResult:
    """Split it, once everything that makes splitting ambiguous is refused."""
    if len(address) > LONGEST:
        raise AddressRefused("too_long")
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].lower() == "localhost":
        raise AddressRefused("no_scheme")
    if scheme[1].lower() not in _PORTS:
        raise AddressRefused("not_http")
    if _CONTROLS.search(address):
        raise AddressRefused("bad")
    try:
        parts = urlsplit(address)
        _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused("bad") from error
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("credentials")
    return parts._replace(path=parts.path or "/")


def _target(parts: SplitResult, policy: Policy) -> Target:
    try:
        return policy.check_url(urlunsplit((*parts[:2], "/", "", "")))
    except BlockedURLError as error:
        if isinstance(error.__cause__, BlockedAddressError):
            raise AddressRefused("private") from error
        if "allowed_ports" not in error.reason:
            raise AddressRefused("bad") from error
        # The port alone would be said of a private host too; that it is one says more.
        host = parts.hostname or ""
        plain = parts._replace(netloc=f"[{host}]" if ":" in host else host)
        _refuse_names_of_here(_target(plain, _public).host.rstrip("."))
        raise AddressRefused("port") from error


def _refuse_names_of_here(host: str) -> None:
    if ":" in host or re.fullmatch(r"[\d.]+", host):
        return  # an address, checked already
    if _NUMBER.fullmatch(host):
        raise AddressRefused("bad")
    if "." not in host or _HERE.fullmatch(host):
        raise AddressRefused("private")
