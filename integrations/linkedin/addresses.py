"""Addresses at LinkedIn: what people open, and how an id stands in a path."""

import re
from urllib.parse import quote

from integrations.linkedin import restli

# Servers differ in how long an address may be; the text is on the clipboard anyway.
LONGEST = 7000

_POST = re.compile(r"urn:li:(?:share|ugcPost):[A-Za-z0-9_-]{1,100}")


def in_path(urn: str) -> str:
    """A URN as one piece of a path."""
    return restli.key(urn)


def post_id_from(header: str | None) -> str | None:
    """The post's URN out of `x-restli-id`."""
    plain = restli.reduced(header or "")
    return plain if _POST.fullmatch(plain) else None


def post_address(site: str, urn: str) -> str:
    """Where people see the post; works for both kinds of URN."""
    return f"{site}/feed/update/{urn}/"


def activity_address(site: str) -> str:
    """The member's own latest posts."""
    return f"{site}/in/me/recent-activity/all/"


def composer_address(site: str, text: str) -> str:
    """LinkedIn's composer with the text in it, unless the address would be too long."""
    address = f"{site}/feed/?shareActive=true"
    filled = f"{address}&text={quote(text, safe='')}"
    return filled if len(filled) <= LONGEST else address
