"""The service where something is wrong: no database, and a page with a bug. For a server to run."""

import os

from advocacy.app import WsgiApp, create_app
from advocacy.config import read_settings
from advocacy.links.fast_path import wrap

BUG = "/a-page-with-a-bug"


def create_wsgi() -> WsgiApp:
    """What granian serves, as in production."""
    app = create_app(read_settings(os.environ))

    @app.get(BUG)
    def bug() -> str:
        raise RuntimeError("a bug that nobody foresaw")

    return wrap(app, app.extensions["advocacy"].outside.engine)
