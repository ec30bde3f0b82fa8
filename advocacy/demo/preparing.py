"""Before the demonstration opens: the tables, and once the sample organisation."""

import os
import sys

from advocacy.config import Settings, read_settings
from advocacy.demo.moving import point_links_at
from advocacy.demo.seeding import is_seeded, seed
from advocacy.migrations.running import upgrade
from integrations.database import connect, transaction
from integrations.files import Files


def main() -> int:
    """Safe to run at every start: what is there stays as it is."""
    settings = read_settings(os.environ)
    upgrade(settings.database_url)
    prepare(settings)
    return 0


def prepare(settings: Settings) -> None:
    """Seed an empty database; in a seeded one, find the sample website again."""
    engine = connect(settings.database_url, statement_timeout_ms=60_000)
    try:
        _prepare(settings, f"{settings.linkedin_site_base}/website")
    finally:
        engine.dispose()


def _prepare(settings: Settings, website: str) -> None:
    with transaction() as session:
        if is_seeded(session):
            point_links_at(session, website)
            return
    seed(
        Files(settings.data_folder / "media"),
        settings.data_folder / "website" / "website.json",
        website,
        settings.private_hosts_allowed,
    )


if __name__ == "__main__":
    sys.exit(main())
