"""A Redis or Valkey that forgets: what it is given must never reach a disk."""

from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry

# Somebody waits for each answer, on a network of our own.
PATIENCE_SECONDS = 0.2
# What may be wrong with it.
ON_DISK, AWAY = "on_disk", "away"


class KeepsOnDisk(RedisError):
    """The server writes what it holds to a disk, or does not say whether it does."""


def open_memory(address: str) -> Redis:
    """The server at this address; nothing is asked yet.

    Every new connection asks first whether the server keeps anything on a disk. What is
    asked of it raises RedisError: KeepsOnDisk, or another when it is away or slow.
    """
    return Redis.from_url(
        # Celery's name for a socket, and this library's.
        address.replace("redis+socket://", "unix://", 1),
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
        redis_connect_func=_greet,
    )


def what_is_wrong(address: str) -> str:
    """ON_DISK, AWAY, or nothing: whether the server, if there is one, can be used now."""
    if not address:
        return ""
    server = open_memory(address)
    try:
        server.ping()
    except KeepsOnDisk:
        return ON_DISK
    except RedisError:
        return AWAY
    finally:
        server.close()
    return ""


def _greet(connection: Any) -> None:
    connection.on_connect()
    try:
        connection.send_command("INFO", "persistence")
        told = connection.read_response()
        connection.send_command("CONFIG", "GET", "save")
        snapshots = connection.read_response()
    except ResponseError as error:  # it may not be asked
        raise KeepsOnDisk from error
    if b"aof_enabled:0" not in told.split() or snapshots != [b"save", b""]:
        raise KeepsOnDisk
