"""Sending a file of ours.

Read whole: a browser that breaks off in the middle of a film would leave the file open.
"""

import io
from pathlib import Path

from flask import Response, abort, send_file
from werkzeug.security import safe_join


def file_answer(file: Path, content_type: str | None = None) -> Response:
    """The file's bytes, or the part that is asked for; 404 when it is not there."""
    if not file.is_file():
        abort(404)
    return send_file(
        io.BytesIO(file.read_bytes()),
        mimetype=content_type,
        download_name=file.name,
        conditional=True,
    )


def file_under(folder: Path | None, name: str) -> Response:
    """A file in the folder; nothing outside it."""
    found = safe_join(str(folder.resolve()), name) if folder else None
    if found is None:
        abort(404)
    return file_answer(Path(found))
