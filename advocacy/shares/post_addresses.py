"""Reading the address of a post that a person pasted, in any form there is."""

import re
from urllib.parse import unquote, urlsplit

from advocacy.shares.reasons import Problem, WishRefused

LONGEST = 2000
SITE = "https://www.linkedin.com"
_KINDS = "share|ugcPost|activity"
_URN = re.compile(rf"urn:li:({_KINDS}):([0-9]{{1,25}})")
# /posts/somebody_first-words-activity-7141138937766391808-abcd
_POSTS = re.compile(rf"/posts/[^/]*-({_KINDS})-([0-9]{{10,25}})(?:-[\w-]*)?/?")
_UPDATE = re.compile(rf"/(?:embed/)?feed/update/urn:li:({_KINDS}):([0-9]{{1,25}})/?")


def read_post_address(text: str, site: str = SITE) -> str:
    """The address of the post that a bare URN or an address on `site` names.

    Always written the same way, as we write the addresses of posts we sent. Raises
    WishRefused.
    """
    text = text.strip()
    found = None
    if len(text) <= LONGEST:
        found = _URN.fullmatch(text) or _in_address(text, site)
    if found is None:
        raise WishRefused({"address": Problem.NOT_A_POST})
    kind, number = found.groups()
    return f"{site}/feed/update/urn:li:{kind}:{number}/"


def id_in(address: str | None) -> str | None:
    """The id of the post at an address as we keep them, if one deletes by it.

    An activity is what people see of a post, and not what is deleted.
    """
    found = _UPDATE.fullmatch(urlsplit(address or "").path)
    if found is None or found[1] == "activity":
        return None
    return f"urn:li:{found[1]}:{found[2]}"


def _in_address(text: str, site: str) -> re.Match[str] | None:
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    ours = urlsplit(site)
    same = (parts.scheme, parts.hostname, port) == (
        ours.scheme,
        ours.hostname,
        ours.port,
    )
    if not same and not _on_linkedin(parts.scheme, parts.hostname, port):
        return None
    path = unquote(parts.path)
    return _UPDATE.fullmatch(path) or _POSTS.fullmatch(path)


def _on_linkedin(scheme: str, host: str | None, port: int | None) -> bool:
    """LinkedIn's own hosts: www, m, and one for each country."""
    if scheme not in {"http", "https"} or port is not None:
        return False
    return bool(re.fullmatch(r"(?:[a-z]{1,3}\.)?linkedin\.com", host or ""))
