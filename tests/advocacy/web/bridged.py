"""A small Flask behind the bridge, with small bounds. For a server to run."""

import hashlib
import os
import time
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request, send_file

from advocacy.web.bodies import Bodies
from advocacy.web.rsgi import Bridge
from advocacy.web.wsgi_environ import REFUSED

LARGEST, MOST_HELD = 1_000_000, 1_500_000
PATIENCE, SLOWEST = 1.0, 1_000
HEADERS = ("wsgi.", "HTTP_", "REMOTE_", "PATH_INFO", "QUERY_", "CONTENT_", "SCRIPT_")

app = Flask("bridged")


@app.before_request
def refuse() -> None:
    if status := request.environ.get(REFUSED):
        abort(status)


@app.route("/echo", methods=["GET", "HEAD", "POST", "PUT", "OPTIONS"])
@app.route("/echo/<path:rest>")
def echo(rest: str = "") -> dict[str, Any]:
    body = request.stream.read()
    environ = {
        name: str(value)
        for name, value in request.environ.items()
        if name.startswith(HEADERS)
    }
    return {
        "length": len(body),
        "hash": hashlib.sha256(body).hexdigest(),
        "rest": rest,
        "query": request.args.get("q", ""),
        "environ": environ,
    }


@app.get("/file")
def file() -> Response:
    return send_file(os.environ["FILE_TO_SEND"], mimetype="video/mp4", etag="one")


@app.get("/gone")
def gone() -> Response:
    path = Path(os.environ["FILE_TO_SEND"]).with_suffix(".gone")
    path.write_bytes(b"about to be deleted")
    answer = send_file(path, mimetype="text/plain")
    path.unlink()
    return answer


@app.get("/status/<int:status>")
def status(status: int) -> Response:
    return Response(status=status, headers={"X-Told": "é or so", "X-Said": "well"})


@app.get("/cookies")
def cookies() -> Response:
    answer = Response("two")
    answer.set_cookie("a", "1")
    answer.set_cookie("b", "2")
    return answer


@app.get("/bit-by-bit")
def bit_by_bit() -> Response:
    return Response(str(number) for number in range(5))


@app.get("/slow")
def slow() -> str:
    Path(os.environ["FILE_TO_SEND"]).with_suffix(".asked").touch()
    time.sleep(1.5)
    return "ended well"


def wsgi(environ: dict[str, Any], start: Any) -> Any:
    """Flask answers its bugs itself; what is in front of it does not."""
    if environ["PATH_INFO"] == "/bug":
        raise RuntimeError("a bug that nobody foresaw")
    return app(environ, start)


def create_wsgi() -> Any:
    return wsgi


def create_rsgi() -> Bridge:
    app.config["USE_X_SENDFILE"] = True
    bodies = Bodies(
        largest=LARGEST, most_held=MOST_HELD, patience=PATIENCE, slowest=SLOWEST
    )
    return Bridge(wsgi, bodies)
