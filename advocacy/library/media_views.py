"""Pictures, videos and documents for the pages: to people signed in, of items they may see."""

from typing import NamedTuple

from flask import Response, send_file
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


class _Stored(NamedTuple):
    name: str
    content_type: str


@requires(Permission.READ_LIBRARY)
def media(public_id: str, name: str) -> ResponseReturnValue:
    """One file of one medium; 404 also for what is not this person's to see."""
    person = signed_in_person()
    curates = Permission.CURATE in person.permissions
    with transaction() as session:
        found = media_for_person(session, public_id, person.id, now(), curates=curates)
    stored = _stored(found, name) if found else None
    if stored is None:
        raise NotFound
    path = runtime().outside.files.path(stored.name)
    if not path.exists():
        raise NotFound
    try:
        answer = send_file(
            path,
            mimetype=stored.content_type,
            etag=stored.name,  # random, and its content never changes
            last_modified=None,
            max_age=DAY_SECONDS,
        )
    except RequestedRangeNotSatisfiable as error:
        # Several ranges at once, or one outside the file.
        size = f"bytes */{error.length}" if error.length else "bytes */*"
        return Response(status=416, headers={"Content-Range": size})
    return _guarded(answer, found.kind.value if found else "", stored.name)


def _guarded(answer: Response, kind: str, stored_name: str) -> Response:
    """A fixed type, no scripts, no shared cache (reliability.md 4.2, rows 43 to 45)."""
    answer.headers["Cache-Control"] = f"private, max-age={DAY_SECONDS}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # The name it is kept under when somebody takes it along; nothing typed is in it.
    ending = stored_name.rpartition(".")[2]
    # A document is never opened in a page of ours.
    way = "attachment" if ending == "pdf" else "inline"
    answer.headers["Content-Disposition"] = f'{way}; filename="{kind}.{ending}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _stored(media: Media, name: str) -> _Stored | None:
    """Which stored file an address means."""
    full = _Stored(media.stored_name, media.content_type)
    files = {
        "full": full,
        "640": media.copy_640 and _Stored(media.copy_640, "image/webp"),
        "1280": media.copy_1280 and _Stored(media.copy_1280, "image/webp"),
        "poster": media.poster_name
        and _Stored(media.poster_name, _picture_type(media.poster_name)),
        "captions": media.captions_name and _Stored(media.captions_name, "text/vtt"),
    }
    return files.get(name) or None


def _picture_type(name: str) -> str:
    return {"webp": "image/webp", "png": "image/png"}.get(
        name.rpartition(".")[2], "image/jpeg"
    )
