"""An organisation's October that came out, and what can be read of it."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach.drafts import Drafts
from advocacy.reach.opening import open_due
from advocacy.reach.queries import Figure, figures
from advocacy.reach.tables import ORGANISATION
from advocacy.reach.tasks import open_drafts, run_due_releases
from integrations.clock import clock_at
from integrations.database import transaction
from tests.advocacy.reach.world import World

OCTOBER = date(2026, 10, 1)
DUE = datetime(2026, 11, 1, 6, tzinfo=UTC)
FOUND_WRONG = datetime(2026, 11, 2, 9, tzinfo=UTC)
READ = datetime(2026, 11, 3, 7, 1, tzinfo=UTC)


def release_october(folder: Path) -> None:
    """Of an organisation of the middle size, and of one item."""
    with transaction() as session:
        world = World(session)
        world.colleagues(250)
        world.offer(OCTOBER)
        for _number in range(30):
            world.share(world.person())
        open_due(session, OCTOBER)
    open_drafts(Drafts(folder))
    with clock_at(DUE):
        run_due_releases()


def rows(reader: Session, kind: type) -> list:
    reader.rollback()
    return list(reader.scalars(select(kind).order_by(kind.id)))


def read(reader: Session, moment: datetime = READ) -> list[Figure]:
    """The latest of the organisation, as pages read them."""
    reader.rollback()
    return figures(reader, moment, {ORGANISATION})
