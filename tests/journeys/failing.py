"""The service where something is wrong: no database, and a page with a bug. For a server to run."""

import os

from advocacy.app import create_app, served
from advocacy.config import read_settings
from advocacy.links.fast_path import FastPath

BUG = "/a-page-with-a-bug"


def create_rsgi() -> FastPath:
    """What granian serves, as in production."""
    settings = read_settings(os.environ)
    app = create_app(settings)

    @app.get(BUG)
    def bug() -> str:
        raise RuntimeError("a bug that nobody foresaw")

    return served(app, settings)
