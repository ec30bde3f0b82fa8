"""The application served from the process of a test, for a real browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from advocacy.app import create_app
from tests.compiled_templates import COMPILED
from tests.conftest import make_settings
from tests.ports import LOOPBACK, free_port


@contextmanager
def served(
    database_url: str, redis_url: str, folder: Path
) -> Iterator[tuple[Flask, str]]:
    """The application on a database of its own, and its address."""
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    app = create_app(make_settings(database_url, redis_url, folder, base_url=address))
    app.jinja_env.bytecode_cache = COMPILED
    server = make_server(LOOPBACK, port, app, threaded=True)
    server.daemon_threads = False  # so that closing it waits for answers under way
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield app, address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["advocacy"].outside.engine.dispose()
