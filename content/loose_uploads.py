"""Uploads that no item took, and their files: what it takes to let them go."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.media import Media
from integrations.database import after_commit
from integrations.files import Files

# Long enough to come back to a form that was refused.
LOOSE_UPLOADS_KEPT = timedelta(days=1)


def forget_loose_uploads(session: Session, files: Files, before: datetime) -> int:
    """Remove what was uploaded before a moment and no item has taken; how many."""
    loose = select(Media).where(Media.item_id.is_(None), Media.created_at < before)
    rows = session.scalars(loose.with_for_update(skip_locked=True)).all()
    for row in rows:
        for name in filter(None, stored_names(row)):
            after_commit(session, partial(files.remove, name))
        session.delete(row)
    session.flush()
    return len(rows)


def stored_names(media: Media) -> tuple[str | None, ...]:
    """Every stored file that belongs to a row."""
    copies = (media.copy_640, media.copy_1280)
    return (media.stored_name, media.poster_name, media.captions_name, *copies)
