"""How often one network address may knock on the doors that invite guessing."""

import hmac

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


class AtTheDoors(Limiter):
    """Limits of single doors, which ask themselves: nothing is limited everywhere."""

    def _check_request_limit(
        self,
        callable_name: str | None = None,
        in_middleware: bool = True,  # noqa: FBT001, FBT002 – the library's own
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


def _hashed_address() -> str:
    """Keyed: the counts lie in a server that may write them to its disk."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    address = f"at the doors\x1f{get_remote_address()}"
    return hmac.digest(key, address.encode(), "sha256").hex()


limiter = AtTheDoors(
    _hashed_address,
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
