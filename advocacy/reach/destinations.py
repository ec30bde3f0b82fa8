"""Where a link leads, whatever was hung onto it: copies of an item count as one."""

from urllib.parse import urlsplit

TRACKING = {"fbclid", "gclid", "li_fat_id"}  # and all that begin with utm_


def destination(link: str) -> str:
    """The same text for links that differ in what no site tells pages apart by.

    That is http or https, capital letters in the host, the usual port, a slash at the
    end, the fragment, and words that say where a visit came from.
    """
    parts = urlsplit(link)
    host = parts.hostname or ""
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    words = [word for word in parts.query.split("&") if word and not _tracks(word)]
    query = "?" + "&".join(words) if words else ""
    return host + port + parts.path.rstrip("/") + query


def leads_to(link: str | None, item_id: int) -> str:
    """Where an item leads; one without a link leads nowhere but to itself."""
    return destination(link) if link else f"item {item_id}"


def _tracks(word: str) -> bool:
    name = word.partition("=")[0].lower()
    return name.startswith("utm_") or name in TRACKING
