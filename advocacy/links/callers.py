"""From which address a request comes. Addresses are read here and kept nowhere."""

from socket import AF_INET, AF_INET6, inet_pton

from advocacy.links.requests import Request

MAPPED_IPV4 = bytes(10) + b"\xff\xff"
# Longer than any address; what is longer is none.
LONGEST_ADDRESS = 64


def caller_of(request: Request, hops: int) -> bytes:
    """The caller's address: 4 bytes of IPv4, 16 of IPv6, else its text as it came.

    Only so many proxies are believed as really stand in front (PROXY_HOPS).
    """
    text = _told_by_proxy(request, hops) if hops else ""
    text = text or request.client.rpartition(":")[0].strip("[]")
    return as_bytes(text[:LONGEST_ADDRESS])


def _told_by_proxy(request: Request, hops: int) -> str:
    # Each proxy may add its line to the one there is, or another of the same name.
    told = ",".join(request.headers.get_all("x-forwarded-for")).rsplit(",", hops)
    return told[-hops].strip() if len(told) >= hops else ""


def as_bytes(address: str) -> bytes:
    """IPv4 is the same whether it comes as such or in the corner IPv6 has for it."""
    try:
        if ":" not in address:
            return inet_pton(AF_INET, address)
        number = inet_pton(AF_INET6, address)
    except (OSError, ValueError):
        return address.encode("utf-8", "replace")
    return number[12:] if number.startswith(MAPPED_IPV4) else number


def network_of(caller: bytes) -> bytes:
    """The neighbourhood of an address: machines that scan sit side by side in it."""
    size = len(caller)
    # /24 of IPv4, /48 of IPv6; what is no address is all one neighbourhood.
    return caller[:3] if size == 4 else caller[:6] if size == 16 else b""
