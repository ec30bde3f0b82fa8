"""How often one network address may knock on the doors that invite guessing."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(
    get_remote_address,
    # A broken counter must not lock everybody out.
    swallow_errors=True,
    headers_enabled=False,
    storage_options={"socket_connect_timeout": 1, "socket_timeout": 1},
)


def install(app: Flask, redis_url: str) -> None:
    """Keep the counts in Valkey, so that all processes share them."""
    # The limits library names the socket scheme differently from Celery.
    app.config["RATELIMIT_STORAGE_URI"] = redis_url.replace(
        "redis+socket://", "redis+unix://"
    )
    limiter.init_app(app)
