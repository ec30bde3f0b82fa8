"""Copies of a trial's database: one that is put back, and one that stands elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integrations.database import connect, open_session
from tests.crash.scene import Scene


def copy_of(place: Scene) -> str:
    """The database as it is now, when nobody is at it; its name."""
    place.engine.dispose()
    name = f"{place.database}_copy"
    place.world.database.copy(name, place.database)
    return name


def dump_of(place: Scene) -> str:
    """The database as it is now, while workers are at it; the copy's name.

    As a backup is made: `pg_dump` sees one moment of it.
    """
    name = f"{place.database}_copy"
    place.world.database.dump_into(name, place.database)
    return name


def put_back(place: Scene, copy: str) -> None:
    """What happened since the copy was made is no longer known."""
    place.engine.dispose()
    place.world.database.drop(place.database)
    place.world.database.copy(place.database, copy)


@contextmanager
def elsewhere(place: Scene, copy: str, folder: Path, **others: str) -> Iterator[None]:
    """Processes and questions go to a database made of the copy, with another disk."""
    database, before = place.world.database, place.environment
    name = f"{place.database}_{folder.name}"
    address = database.copy(name, copy)
    place.environment = before | {"DATABASE_URL": address, "DATA_FOLDER": str(folder)}
    place.environment |= others
    engine = connect(address)
    try:
        yield
    finally:
        engine.dispose()
        database.drop(name)
        place.environment = before
        open_session.configure(bind=place.engine)
