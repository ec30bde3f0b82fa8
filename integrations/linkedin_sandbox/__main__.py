"""Serve the pretend network: `python -m integrations.linkedin_sandbox --help`.

It breaks lines on request and looks at paths as they came, which WSGI does not foresee.
Werkzeug's server lets it; granian's does not.
"""

import logging
import sys
from argparse import ArgumentParser, Namespace
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
    parser.add_argument("--figures-client-id", default="pretend-figures-client")
    parser.add_argument("--figures-client-secret", default="pretend-figures-secret")
    parser.add_argument("--redirect", action="append", default=[])
    parser.add_argument("--member", action="append", default=[])
    parser.add_argument("--static", type=Path)
    parser.add_argument("--website", type=Path)
    parser.add_argument("--home", default="")
    parser.add_argument("--slow-seconds", type=float, default=40)
    parser.add_argument("--forgetful", action="store_true", help="write nothing down")
    parser.add_argument(
        "--unlimited", action="store_true", help="as many calls a day as one likes"
    )
    return parser


def _settings(given: Namespace) -> SandboxSettings:
    return SandboxSettings(
        folder=given.folder,
        keeps=not given.forgetful,
        slow_seconds=given.slow_seconds,
        client_id=given.client_id,
        client_secret=given.client_secret,
        figures_client_id=given.figures_client_id,
        figures_client_secret=given.figures_client_secret,
        redirect_addresses=tuple(given.redirect),
        members=tuple(given.member),
        static=given.static,
        website=given.website,
        home=given.home,
    )


def main(arguments: list[str]) -> None:
    """Serve until the process is told to stop."""
    given = _arguments().parse_args(arguments)
    # Addresses of requests may hold codes, and posts their text.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = _settings(given)
    app = create_sandbox(settings if given.unlimited else settings.limited())
    server = make_server(given.host, given.port, app, threaded=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


if __name__ == "__main__":
    main(sys.argv[1:])
