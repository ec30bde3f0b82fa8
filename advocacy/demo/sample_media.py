"""Draws the sample pictures, the film and the document, and uploads them as an editor would."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from advocacy.demo.drawing.film import CAPTIONS, make_film
from advocacy.demo.drawing.leaflet import leaflet
from advocacy.demo.drawing.pictures import draw
from advocacy.demo.sample_items import SampleItem, SamplePicture
from content.captions import check_captions
from content.drafts import MediaDraft
from content.uploads import (
    Upload,
    add_captions,
    add_document,
    add_picture,
    add_video,
)
from integrations.database import transaction
from integrations.files import Files

# Drawing, checking and encoding happen in child processes for the most part.
WORKERS = 4


@dataclass(frozen=True)
class Uploads:
    """The media of each item by its slug, perhaps still on their way."""

    _coming: dict[str, list[Future[MediaDraft]]]

    def of(self, slug: str) -> tuple[MediaDraft, ...]:
        """Wait for them."""
        return tuple(future.result() for future in self._coming.get(slug, ()))


def upload_all(
    pool: ThreadPoolExecutor, files: Files, items: Sequence[SampleItem]
) -> Uploads:
    """Begin with the film, which takes longest."""
    films = [item for item in items if item.film]
    coming = {item.slug: [pool.submit(_upload_film, files, item)] for item in films}
    for item in items:
        if item.document:
            coming[item.slug] = [pool.submit(_upload_document, files, item)]
        for picture in item.pictures:
            future = pool.submit(_upload_picture, files, picture)
            coming.setdefault(item.slug, []).append(future)
    return Uploads(coming)


def _upload_picture(files: Files, picture: SamplePicture) -> MediaDraft:
    upload = Upload(f"{picture.name}.jpg", BytesIO(draw(picture.name)))
    with transaction() as session:
        media = add_picture(session, files, upload)
        return MediaDraft(media.public_id, alt=picture.alt)


def _upload_film(files: Files, item: SampleItem) -> MediaDraft:
    with TemporaryDirectory() as folder:
        film = Path(folder) / f"{item.slug}.mp4"
        make_film(film)
        with film.open("rb") as stream, transaction() as session:
            media = add_video(session, files, Upload(film.name, stream))
            captions = check_captions(CAPTIONS.encode(), f"{item.slug}.vtt")
            add_captions(session, files, media, captions, item.language)
            return MediaDraft(media.public_id, alt=item.film)


def _upload_document(files: Files, item: SampleItem) -> MediaDraft:
    with transaction() as session:
        upload = Upload(f"{item.slug}.pdf", BytesIO(leaflet()))
        media = add_document(session, files, upload)
        return MediaDraft(media.public_id, alt=item.document)
