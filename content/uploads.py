"""Uploads become media: checked, stored, loose until an item takes them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from sqlalchemy import update
from sqlalchemy.orm import Session

from content.captions import CheckedCaptions
from content.documents import LARGEST_DOCUMENT, check_document
from content.errors import MediaRefused
from content.items import Item, ItemState
from content.media import Media, MediaKind
from content.pictures import LARGEST_PICTURE, CheckedPicture, check_picture
from content.videos import LARGEST_VIDEO, check_video
from integrations.database import after_commit
from integrations.files import Files

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its own name, None for one without, and its bytes."""

    name: str | None
    stream: BinaryIO


def add_picture(session: Session, files: Files, upload: Upload) -> Media:
    """Check and store a picture; MediaRefused when it is none.

    Slow: call it first thing in a transaction, before anything was read.
    """
    with TemporaryDirectory(prefix="upload-") as folder:
        source = _received(upload, Path(folder), LARGEST_PICTURE)
        picture = check_picture(source, upload.name)
    stored = {
        "kind": MediaKind.PICTURE,
        "stored_name": files.put(picture.data, picture.suffix),
        "content_type": picture.content_type,
        "width": picture.width,
        "height": picture.height,
        "size_bytes": len(picture.data),
        "sha256": hashlib.sha256(picture.data).hexdigest(),
        **_copies(files, picture.copies),
    }
    return _added(session, upload, stored)


def add_video(session: Session, files: Files, upload: Upload) -> Media:
    """Check and store a video and its poster; minutes may pass. See `add_picture`."""
    with TemporaryDirectory(prefix="upload-") as folder:
        source = _received(upload, Path(folder), LARGEST_VIDEO)
        video = check_video(source, upload.name or "", Path(folder))
        with video.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        stored = {
            "kind": MediaKind.VIDEO,
            "stored_name": files.put(video.path, ".mp4"),
            "content_type": "video/mp4",
            "width": video.width,
            "height": video.height,
            "size_bytes": video.path.stat().st_size,
            "sha256": digest,
            "seconds": video.seconds,
            "has_sound": video.has_sound,
            **_poster(files, video.poster),
        }
    return _added(session, upload, stored)


def add_document(session: Session, files: Files, upload: Upload) -> Media:
    """Check and store a PDF and a picture of its first page. See `add_picture`."""
    with TemporaryDirectory(prefix="upload-") as folder:
        source = _received(upload, Path(folder), LARGEST_DOCUMENT)
        document = check_document(source, upload.name or "", Path(folder))
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        stored = {
            "kind": MediaKind.DOCUMENT,
            "size_bytes": source.stat().st_size,
            "stored_name": files.put(source, ".pdf"),
            "content_type": "application/pdf",
            "width": document.first_page.width,
            "height": document.first_page.height,
            "sha256": digest,
            "pages": document.pages,
            **_poster(files, document.first_page),
        }
    return _added(session, upload, stored)


def add_captions(
    session: Session,
    files: Files,
    media: Media,
    captions: CheckedCaptions | None,
    language: str,
) -> None:
    """Give a video its captions, or with None take them away."""
    old = media.captions_name
    text = captions.text.encode() if captions else b""
    if captions and old and _same(files, old, text):
        media.captions_language = language
        return
    media.captions_name = files.put(text, ".vtt") if captions else None
    media.captions_language = language if captions else None
    if old:
        after_commit(session, partial(files.remove, old))
    if old or captions:
        published = Item.id == media.item_id, Item.state != ItemState.DRAFT
        session.execute(update(Item).where(*published).values(epoch=Item.epoch + 1))
    session.flush()


def read_captions(files: Files, media: Media) -> str:
    """The captions as they are stored, for a form; empty without any."""
    if media.captions_name is None:
        return ""
    with files.open(media.captions_name) as file:
        return file.read().decode()


def _received(upload: Upload, folder: Path, limit: int) -> Path:
    """The upload on disk; one that is larger than it may be stops being read."""
    path, size = folder / "upload", 0
    with path.open("wb") as file:
        while data := upload.stream.read(1024 * 1024):
            size += len(data)
            if size > limit:
                raise MediaRefused("too_large", limit=limit)
            file.write(data)
    return path


def _copies(files: Files, copies: Mapping[int, bytes]) -> dict[str, Any]:
    return {f"copy_{width}": files.put(data, ".webp") for width, data in copies.items()}


def _poster(files: Files, poster: CheckedPicture) -> dict[str, Any]:
    name = files.put(poster.data, poster.suffix)
    return {"poster_name": name, **_copies(files, poster.copies)}


def _added(session: Session, upload: Upload, values: dict[str, Any]) -> Media:
    name = Path((upload.name or "").replace("\\", "/")).name[:_LONGEST_NAME]
    media = Media(original_name=name.replace("\0", ""), **values)
    session.add(media)
    session.flush()
    return media


def _same(files: Files, name: str, text: bytes) -> bool:
    with files.open(name) as file:
        return file.read() == text
