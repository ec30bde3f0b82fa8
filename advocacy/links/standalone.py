"""The tracked links as a process of their own: no page of the service behind them."""

import os

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from advocacy.config import read_settings
from advocacy.links.click_writer import ClickWriter
from advocacy.links.fast_path import FastPath
from advocacy.links.neutral_page import draw, small_app
from advocacy.links.spool import Spool
from advocacy.web import health, logs
from integrations.database import connect

# Nobody waits at a link as long as for a page.
STATEMENT_MS = 3000


def create_links_wsgi() -> FastPath:
    """What granian serves in the `links` process."""
    logs.set_up_logs()
    settings = read_settings(os.environ)
    engine = connect(
        settings.database_url, statement_timeout_ms=STATEMENT_MS, ask_after=1.0
    )
    app = small_app(settings)
    app.register_blueprint(health.blueprint)

    @app.errorhandler(OperationalError)
    @app.errorhandler(PoolTimeout)
    def database_away(_error: Exception) -> tuple[dict[str, bool], int]:
        return {"ok": False}, 503

    return FastPath(
        app,
        engine,
        draw(settings),
        hops=settings.proxy_hops,
        counter=ClickWriter(engine, Spool(settings.data_folder)),
    )
