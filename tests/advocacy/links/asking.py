"""Asks RSGI applications without a server, and as werkzeug's test client asks WSGI ones."""

import asyncio
from http import HTTPStatus
from threading import Thread

WAITS = 60


class Headers:
    """As granian tells them: small letters, each as often as it came, ASCII only."""

    def __init__(self, *headers):
        self.all = [
            (name.lower(), value)
            for name, value in headers
            if value.isascii() and (value.isprintable() or "\t" in value)
        ]

    def get(self, name, default=None):
        return next(iter(self.get_all(name)), default)

    def get_all(self, name):
        return [value for one, value in self.all if one == name]

    def items(self):
        return self.all


class Scope:
    """A request."""

    proto, http_version, scheme = "http", "1.1", "http"
    server, query_string = "127.0.0.1:8000", ""

    def __init__(self, path, *headers, method="GET", client="192.0.2.7:40000"):
        self.path, self.method, self.client = path, method, client
        self.headers = Headers(*headers)


class Answer:
    """Where an application answers to."""

    status, headers, body = None, [], b""

    def response_empty(self, status, headers):
        self.response_bytes(status, headers, b"")

    def response_bytes(self, status, headers, body):
        assert self.status is None, "answered twice"
        self.status, self.headers, self.body = status, headers, body


def server_loop():
    """A new event loop, in a thread that ends with this process."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    return loop


class AsWsgi:
    """An RSGI application, for whoever speaks WSGI, from any number of threads."""

    loop = server_loop()

    def __init__(self, application):
        self.application = application

    def ask(self, scope):
        answer = Answer()
        asking = self.application.__rsgi__(scope, answer)
        asyncio.run_coroutine_threadsafe(asking, self.loop).result(WAITS)
        return answer

    def __call__(self, environ, start):
        answer = self.ask(scope_of(environ))
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", answer.headers)
        return [answer.body]


def scope_of(environ):
    headers = [
        (name[5:].replace("_", "-"), value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    ]
    scope = Scope(
        environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        *headers,
        method=environ["REQUEST_METHOD"],
        client=f"{environ.get('REMOTE_ADDR', '')}:40000",
    )
    scope.query_string = environ["QUERY_STRING"]
    return scope
