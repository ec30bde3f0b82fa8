"""Makes the sample organisation: once, and whole or not at all."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.consent.operations import ensure_texts
from advocacy.demo.habits import AMSTERDAM, Sharer, sharers
from advocacy.demo.history import History, OnShelf, months_before
from advocacy.demo.sample_items import SampleItem, sample_items
from advocacy.demo.sample_media import WORKERS, Uploads, upload_all
from advocacy.demo.shelf import put_item, put_organisations, put_topics
from advocacy.demo.staff import COMPANY, add_staff
from advocacy.demo.website import write_website
from advocacy.people.models import Unit
from advocacy.people.queries import person_by_email
from content.loose_uploads import forget_loose_uploads
from integrations.clock import now
from integrations.database import transaction
from integrations.files import Files

# One of the named people has a little history of her own; Ivo Terpstra has none.
MARIT = "marit.hoekstra@veenstroom.example"
MARIT_BEGINS = 6  # in which month of the history


def is_seeded(session: Session) -> bool:
    """Whether the organisation is there; it comes in one transaction."""
    return session.scalar(select(Unit.id).where(Unit.name == COMPANY)) is not None


def seed(
    files: Files, website: Path, website_address: str, allowed: tuple[str, ...]
) -> None:
    """Make everything up to the present moment."""
    items = sample_items()
    _clear_up(files, website)
    write_website(website, items)
    with ThreadPoolExecutor(WORKERS) as pool:
        uploads = upload_all(pool, files, items)
        with transaction() as session:
            _Seeding(session, uploads, website_address, allowed).all(items)


def _clear_up(files: Files, website: Path) -> None:
    """What an earlier try that was cut short has left."""
    with transaction() as session:
        forget_loose_uploads(session, files, now() + timedelta(days=1))
    shutil.rmtree(website.parent, ignore_errors=True)


class _Seeding:
    """One go, in one transaction."""

    def __init__(
        self,
        session: Session,
        uploads: Uploads,
        website: str,
        allowed: tuple[str, ...],
    ) -> None:
        self._session = session
        self._uploads = uploads
        self._website = website
        self._allowed = allowed
        self._until = now()
        # Items appear at eight in the morning.
        today = self._until.astimezone(AMSTERDAM)
        self._today = today.replace(hour=8, minute=0, second=0, microsecond=0)

    def all(self, items: list[SampleItem]) -> None:
        session, chance = self._session, random.Random(14)  # noqa: S311 (a story)
        ensure_texts(session)
        put_topics(session)
        put_organisations(session)
        begin = months_before(self._until.date())[0]
        people = add_staff(session, begin, self._until.date())
        # Film and document are still being made while the months go by; nobody shared
        # them yet.
        late = [item for item in items if item.film or item.document]
        shelf = [self._put(item) for item in items if item not in late]
        beginners = sharers(people, chance)
        marit = _marit(session)
        beginners[MARIT_BEGINS].append(marit)
        history = History(session, shelf, self._until, chance)
        history.replay(beginners)
        for days in (16, 6, 2):
            history.share(marit, self._until - timedelta(days=days, hours=3))
        history.settle()
        for item in late:
            self._put(item)

    def _put(self, sample: SampleItem) -> OnShelf:
        item = put_item(
            self._session,
            sample,
            self._uploads.of(sample.slug),
            today=self._today.astimezone(UTC),
            website=self._website,
            allowed=self._allowed,
        )
        return OnShelf(item, list(item.wordings))


def _marit(session: Session) -> Sharer:
    person = person_by_email(session, MARIT)
    assert person is not None
    return Sharer(
        person, chance=0.5, most=1, language="en", wants_visits=True, counted_in=True
    )
