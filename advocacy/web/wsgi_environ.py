"""What a request is called in WSGI (PEP 3333), made from what RSGI calls it."""

import io
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from granian.rsgi import Scope

# The status with which the application shall refuse a request whose body was not taken.
REFUSED = "advocacy.refused"
# These two alone have no HTTP_ before them.
BARE = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def environ_of(scope: "Scope") -> dict[str, Any]:
    """A new environ, with an empty body."""
    server, port = _address(scope.server)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_latin(scope.path),
        "QUERY_STRING": _as_latin(scope.query_string),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope.client)[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        _add(environ, name, value)
    return environ


def _add(environ: dict[str, Any], name: str, value: str) -> None:
    if "_" in name:
        # It would pass for the one with a dash, which the proxy in front has checked.
        return
    if name in BARE:
        environ[BARE[name]] = value  # told twice, it says the same twice
        return
    key = "HTTP_" + name.upper().replace("-", "_")
    if key in environ:
        between = "; " if key == "HTTP_COOKIE" else ","
        value = f"{environ[key]}{between}{value}"
    environ[key] = value


def _address(told: str) -> tuple[str, str]:
    """Host and port of `127.0.0.1:80` and `[::1]:80`; both empty for a local socket."""
    host, _colon, port = told.rpartition(":")
    return host.strip("[]"), port


def _as_latin(text: str) -> str:
    """Bytes as text, a character each: what WSGI asks for."""
    return text.encode().decode("latin-1")
