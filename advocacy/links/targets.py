"""Where a link leads, with tags that are the same for every colleague."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from werkzeug.urls import iri_to_uri


def target_with_tags(target: str, item_id: int) -> str:
    """The address to send a visitor to: query and fragment kept, our tags added.

    A tag the organisation put there itself stays as it is.
    """
    parts = urlsplit(target)
    present = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    tags = {
        "utm_source": "linkedin",
        "utm_medium": "employee",
        "utm_campaign": str(item_id),
    }
    added = urlencode({k: v for k, v in tags.items() if k not in present})
    query = "&".join(part for part in (parts.query, added) if part)
    # A Location header carries ASCII only.
    return iri_to_uri(urlunsplit(parts._replace(query=query)))
