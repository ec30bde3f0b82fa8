"""Serve the pretend network: `python -m integrations.linkedin_sandbox --help`.

It breaks lines on request and looks at paths as they came, which WSGI does not foresee.
Werkzeug's server lets it; granian's does not.
"""

import logging
import sys
from argparse import ArgumentParser
from pathlib import Path

from werkzeug.serving import make_server

from integrations.linkedin_sandbox.app import create_sandbox
from integrations.linkedin_sandbox.settings import SandboxSettings


def _arguments() -> ArgumentParser:
    parser = ArgumentParser(prog="linkedin_sandbox", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--client-id", default="pretend-client")
    parser.add_argument("--client-secret", default="pretend-secret")
    parser.add_argument("--redirect", action="append", default=[])
    parser.add_argument("--member", action="append", default=[])
    parser.add_argument("--static", type=Path)
    parser.add_argument("--website", type=Path)
    parser.add_argument("--home", default="")
    parser.add_argument("--slow-seconds", type=float, default=40)
    parser.add_argument("--forgetful", action="store_true", help="write nothing down")
    return parser


def main(arguments: list[str]) -> None:
    """Serve until the process is told to stop."""
    given = _arguments().parse_args(arguments)
    # Addresses of requests may hold codes, and posts their text.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = create_sandbox(
        SandboxSettings(
            folder=given.folder,
            keeps=not given.forgetful,
            slow_seconds=given.slow_seconds,
            client_id=given.client_id,
            client_secret=given.client_secret,
            redirect_addresses=tuple(given.redirect),
            members=tuple(given.member),
            static=given.static,
            website=given.website,
            home=given.home,
        )
    )
    server = make_server(given.host, given.port, app, threaded=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


if __name__ == "__main__":
    main(sys.argv[1:])
