"""The service where something is wrong: no database, and a page with a bug. For a server to run."""

import os

from advocacy.app import WsgiApp, create_app, in_front_of
from advocacy.config import read_settings

BUG = "/a-page-with-a-bug"


def create_wsgi() -> WsgiApp:
    """What granian serves, as in production."""
    settings = read_settings(os.environ)
    app = create_app(settings)

    @app.get(BUG)
    def bug() -> str:
        raise RuntimeError("a bug that nobody foresaw")

    return in_front_of(app, settings)
