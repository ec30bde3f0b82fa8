"""Serve the pretend server: `python -m integrations.mastodon_sandbox --help`.

It breaks lines on request, which WSGI does not foresee. Werkzeug's server lets it.
"""

import logging
import sys
from argparse import ArgumentParser
from pathlib import Path

from werkzeug.serving import make_server

from integrations.mastodon_sandbox.app import create_sandbox
from integrations.mastodon_sandbox.settings import SandboxSettings


def _arguments() -> ArgumentParser:
    parser = ArgumentParser(prog="mastodon_sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--member", action="append", default=[])
    parser.add_argument("--static", type=Path)
    parser.add_argument("--home", default="")
    return parser


def main(arguments: list[str]) -> None:
    """Serve until the process is told to stop."""
    given = _arguments().parse_args(arguments)
    # Addresses of requests may hold codes, and statuses their text.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = SandboxSettings(
        members=tuple(given.member), static=given.static, home=given.home
    )
    app = create_sandbox(settings)
    server = make_server(given.host, given.port, app, threaded=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


if __name__ == "__main__":
    main(sys.argv[1:])
