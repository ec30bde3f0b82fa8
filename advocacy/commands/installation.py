"""The installation that a command works on: its settings, its database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from advocacy.config import Settings, read_settings
from integrations.database import connect, transaction


def installed() -> Settings:
    """As its processes read them; BadSettings names all that is wrong."""
    return read_settings(os.environ)


@contextmanager
def database(settings: Settings) -> Iterator[Session]:
    """One transaction, on a connection that ends with it."""
    engine = connect(settings.database_url)
    try:
        with transaction() as session:
            yield session
    finally:
        engine.dispose()
