"""Pictures, videos and documents for the pages: to people signed in, of items they may see."""

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from advocacy.errors import NotFound
from advocacy.library.media_queries import media_for_person
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.web.runtime import runtime
from content.media import Media
from integrations.clock import now
from integrations.database import transaction

DAY_SECONDS = 86_400
YEAR_SECONDS = 365 * DAY_SECONDS


@requires(Permission.READ_LIBRARY)
def media(public_id: str, name: str) -> ResponseReturnValue:
    """One file of one medium; 404 also for what is not this person's to see."""
    person = signed_in_person()
    curates = Permission.CURATE in person.permissions
    with transaction() as session:
        found = media_for_person(session, public_id, person.id, now(), curates=curates)
    stored = found.stored(name) if found else None
    if found is None or stored is None:
        raise NotFound
    path = runtime().outside.files.path(stored)
    if not path.exists():
        raise NotFound
    for_good = request.args.get("v") == found.version_of(name)
    try:
        answer = send_file(
            path,
            mimetype=_content_type(found, name),
            etag=stored,  # random, and its content never changes
            last_modified=None,
            max_age=YEAR_SECONDS if for_good else DAY_SECONDS,
        )
    except RequestedRangeNotSatisfiable as error:
        # Several ranges at once, or one outside the file.
        size = f"bytes */{error.length}" if error.length else "bytes */*"
        return Response(status=416, headers={"Content-Range": size})
    kept = (
        f"max-age={YEAR_SECONDS}, immutable" if for_good else f"max-age={DAY_SECONDS}"
    )
    answer.headers["Cache-Control"] = f"private, {kept}"
    return _guarded(answer, found.kind.value, stored)


def _guarded(answer: Response, kind: str, stored_name: str) -> Response:
    """A fixed type, no scripts, no shared cache (reliability.md 4.2, rows 43 to 45)."""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # The name it is kept under when somebody takes it along; nothing typed is in it.
    ending = stored_name.rpartition(".")[2]
    # A document is never opened in a page of ours.
    way = "attachment" if ending == "pdf" else "inline"
    answer.headers["Content-Disposition"] = f'{way}; filename="{kind}.{ending}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _content_type(media: Media, part: str) -> str:
    if part == "full":
        return media.content_type
    if part == "captions":
        return "text/vtt"
    ending = (media.stored(part) or "").rpartition(".")[2]
    return {"webp": "image/webp", "png": "image/png"}.get(ending, "image/jpeg")
