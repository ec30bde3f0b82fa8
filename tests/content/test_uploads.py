"""Uploads from the stream to the stored row, through the real children."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.captions import check_captions
from content.drafts import ItemDraft, MediaDraft
from content.errors import MediaRefused
from content.items import ItemKind, ItemState
from content.loose_uploads import forget_loose_uploads, stored_names
from content.media import Media, MediaKind
from content.operations import draft_item
from content.pictures import LARGEST_PICTURE
from content.queries import media_named
from content.uploads import (
    Upload,
    add_captions,
    add_picture,
    add_video,
    read_captions,
)
from integrations.clock import clock_at
from integrations.files import Files
from tests.content.making import epoch_of
from tests.content.samples import RED, clip, decode, encode, phone_picture

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
SRT = "1\n00:00:01,000 --> 00:00:02,000\n{}\n"
CAPTIONS = check_captions(SRT.format("Hoi 🎉").encode(), "x.srt")
OTHERS = check_captions(SRT.format("Dag").encode(), "x.srt")


@pytest.fixture(name="files")
def stored_files(tmp_path: Path) -> Files:
    return Files(tmp_path / "media")


@pytest.fixture(name="film")
def a_stored_film(session: Session, files: Files, tmp_path: Path) -> Media:
    with clip(tmp_path / "x.mp4", size="800x450").open("rb") as stream:
        return add_video(session, files, Upload("Mijn film é.MOV", stream))


def on_disk(files: Files) -> set[str]:
    return {file.name for file in files.folder.iterdir()}


def committed(session: Session) -> None:
    """What `transaction()` does once everything is stored."""
    session.flush()
    for call in session.info.pop("after_commit", ()):
        call()


def test_a_picture_is_stored_with_its_copies(session: Session, files: Files) -> None:
    name = "C:\\fakepath\\foto's van Bram 😀.JPG"

    media = add_picture(session, files, Upload(name, BytesIO(phone_picture())))

    assert (media.kind, media.item_id) == (MediaKind.PICTURE, None)
    assert (media.width, media.height) == (900, 1200)
    assert media.original_name == "foto's van Bram 😀.JPG"
    assert media.content_type == "image/jpeg"
    data = files.path(media.stored_name).read_bytes()
    assert (len(data), decode(data).size) == (media.size_bytes, (900, 1200))
    assert len(media.sha256) == 64
    assert media.copy_640 is not None
    assert decode(files.path(media.copy_640).read_bytes()).size[0] == 640
    assert media.copy_1280 is None
    assert media_named(session, [media.public_id]) == [media]


def test_a_picture_of_a_page_has_no_name(session: Session, files: Files) -> None:
    sent = encode(Image.new("RGB", (64, 64), RED), "PNG")

    media = add_picture(session, files, Upload(None, BytesIO(sent)))

    assert media.original_name == ""


def test_a_film_is_stored_with_poster_and_copies(film: Media, files: Files) -> None:
    assert (film.kind, film.content_type) == (MediaKind.VIDEO, "video/mp4")
    assert (film.width, film.height, film.has_sound) == (800, 450, True)
    assert film.seconds == pytest.approx(3.2, abs=0.1)
    assert film.original_name == "Mijn film é.MOV"
    assert files.path(film.stored_name).stat().st_size == film.size_bytes
    assert film.poster_name is not None
    assert decode(files.path(film.poster_name).read_bytes()).size == (800, 450)
    assert film.copy_640 is not None
    assert film.copy_1280 is None
    assert on_disk(files) == {name for name in stored_names(film) if name}


def test_a_refused_upload_leaves_nothing(session: Session, files: Files) -> None:
    for add in (add_picture, add_video):
        with pytest.raises(MediaRefused):
            add(session, files, Upload("x.mp4", BytesIO(b"no such thing")))

    assert session.scalar(select(func.count()).select_from(Media)) == 0
    assert on_disk(files) == set()


class Endless(BytesIO):
    """A stream that would fill any disk."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size > 0
        self.given += size
        return b"x" * size


def test_a_stream_without_end_stops_being_read(session: Session, files: Files) -> None:
    stream = Endless()

    with pytest.raises(MediaRefused) as refused:
        add_picture(session, files, Upload("x.jpg", stream))

    assert refused.value.facts == {"limit": LARGEST_PICTURE}
    assert stream.given <= LARGEST_PICTURE + 2 * 1024 * 1024


def test_captions_are_kept_changed_and_taken_away(
    session: Session, files: Files, film: Media
) -> None:
    assert read_captions(files, film) == ""
    add_captions(session, files, film, CAPTIONS, "nl")
    assert (read_captions(files, film), film.captions_language) == (CAPTIONS.text, "nl")
    first = film.captions_name

    add_captions(session, files, film, OTHERS, "en")
    assert (read_captions(files, film), film.captions_language) == (OTHERS.text, "en")
    assert first in on_disk(files)
    committed(session)
    assert first not in on_disk(files)

    add_captions(session, files, film, None, "en")
    committed(session)
    assert (film.captions_name, film.captions_language) == (None, None)
    assert not [name for name in on_disk(files) if name.endswith(".vtt")]


@pytest.fixture(name="item_id")
def a_published_film(session: Session, film: Media) -> int:
    draft = ItemDraft(ItemKind.VIDEO, "Film", media=(MediaDraft(film.public_id),))
    item = draft_item(session, draft)
    item.state = ItemState.PUBLISHED
    session.flush()
    return item.id


def test_other_captions_of_a_published_film_raise_its_epoch(
    session: Session, files: Files, film: Media, item_id: int
) -> None:
    add_captions(session, files, film, CAPTIONS, "nl")
    assert epoch_of(session, item_id) == 2

    add_captions(session, files, film, CAPTIONS, "en")
    assert (epoch_of(session, item_id), film.captions_language) == (2, "en")

    add_captions(session, files, film, None, "nl")
    assert epoch_of(session, item_id) == 3

    add_captions(session, files, film, None, "nl")
    assert epoch_of(session, item_id) == 3


def test_old_loose_uploads_are_forgotten_with_all_their_files(
    session: Session, files: Files, film: Media, item_id: int
) -> None:
    sent = encode(Image.new("RGB", (1400, 700), RED), "PNG")
    with clock_at(AT - timedelta(days=2)):
        old = add_picture(session, files, Upload("old.png", BytesIO(sent)))
    with clock_at(AT):
        fresh = add_picture(session, files, Upload("new.png", BytesIO(sent)))
    film.created_at = AT - timedelta(days=9)
    gone = {name for name in stored_names(old) if name}
    assert len(gone) == 3

    assert forget_loose_uploads(session, files, AT - timedelta(days=1)) == 1
    assert gone < on_disk(files)
    committed(session)

    left = set(session.scalars(select(Media.id)))
    assert left == {fresh.id, film.id}
    names = {name for row in (fresh, film) for name in stored_names(row) if name}
    assert on_disk(files) == names
    assert item_id
