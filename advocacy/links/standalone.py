"""The tracked links as a process of their own: no page of the service behind them."""

import os

from advocacy.config import read_settings
from advocacy.links.fast_path import FastPath, fast_path_for
from advocacy.web import health, logs
from advocacy.web.bodies import Bodies
from advocacy.web.rsgi import Bridge
from advocacy.web.small_app import small_app
from integrations.database import connect
from integrations.database_away import DATABASE_AWAY

# Nobody waits at a link as long as for a page.
STATEMENT_MS = 3000


def create_links_rsgi() -> FastPath:
    """What granian serves in the `links` process."""
    logs.set_up_logs()
    settings = read_settings(os.environ)
    engine = connect(
        settings.database_url, statement_timeout_ms=STATEMENT_MS, ask_after=1.0
    )
    app = small_app(settings)
    # Visits wait on the disk while the database takes none: that is no reason to be away.
    app.register_blueprint(health.pages(changes=False))

    def database_away(_error: Exception) -> tuple[dict[str, bool], int]:
        return {"ok": False}, 503

    for kind in DATABASE_AWAY:
        app.register_error_handler(kind, database_away)

    no_bodies = Bodies(largest=0, most_held=0)
    return fast_path_for(Bridge(app, no_bodies), engine, settings)
