"""Addresses people bring along to come back to: only paths of our own, and parsed, not
guessed at.

`next=`, `back=` and `come_back_to=` all come through here (reliability.md 4.2, row 31).
"""

from urllib.parse import quote, unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LONGEST = 2000
# What may stand in a path or query as it is; the rest is written with percent signs.
AS_IT_IS = "/?&=;:@!$'()*+,-._~%"


def local_path(raw: str | None) -> str | None:
    """`raw` as a path (and query) on our own host; None if it is anything else.

    Browsers read addresses more kindly than parsers do: they drop tabs and line ends,
    and take backslashes for slashes. What they could read as another host is refused,
    encoded or not.
    """
    if not raw or len(raw) > LONGEST or raw != raw.strip():
        return None
    parts = _parsed(raw)
    if parts is None or not _is_plain(parts[0]) or not _is_plain(parts[1]):
        return None
    path, query = (quote(part, safe=AS_IT_IS) for part in parts)
    once, twice = unquote(path), unquote(unquote(path))
    if any("//" in form or "/.." in form or "/./" in form for form in (once, twice)):
        return None
    return f"{path}?{query}" if query else path


def page_to_return_to(default: str) -> str:
    """Where a small form (language, theme) was pressed: its `back` field, else the page
    before.
    """
    back = local_path(request.form.get("back")) or _path_of_referrer()
    return back if back and _is_a_page(back) else default


def _parsed(raw: str) -> tuple[str, str] | None:
    """Path and query, if there is a path and nothing before it."""
    try:
        parts = urlsplit(raw)
    except ValueError:
        return None
    # Parsers drop some characters silently; then they did not read what browsers will
    # read.
    rebuilt = parts._replace(scheme="", netloc="").geturl()
    if parts.scheme or parts.netloc or rebuilt != raw or not raw.startswith("/"):
        return None
    return parts.path, parts.query


def _is_plain(part: str) -> bool:
    """Without control characters and backslashes, however often they were encoded."""
    forms = (part, unquote(part), unquote(unquote(part)))
    return not any(
        letter < " " or letter in "\\\x7f" for form in forms for letter in form
    )


def _path_of_referrer() -> str | None:
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if parts.netloc != request.host:
        return None
    return local_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _is_a_page(path: str) -> bool:
    """Whether a GET there is answered at all: a refused form has its address for POST
    only.
    """
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(urlsplit(path).path, "GET"))
    except RequestRedirect:
        return True
    except HTTPException:
        return False
