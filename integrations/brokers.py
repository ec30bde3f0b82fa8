"""What Celery is told about the broker: Redis or Valkey, and RabbitMQ (reliability.md 3.1).

A worker waits for a broker that is away; whoever sends a message gives up within two
seconds, because a person is waiting for the page.
"""

from typing import Any
from urllib.parse import urlsplit

from kombu import Exchange, Queue

from integrations.server_addresses import parts_of

# Longer than the longest task, uploads included, or Redis hands a running task out again.
VISIBILITY_SECONDS = 900
REDIS = {"redis", "rediss", "redis+socket", "unix"}
RABBITMQ = {"amqp", "amqps"}


def is_broker(address: str) -> bool:
    """Whether it is the address of a broker that this service can use."""
    return _is_read_as(address, REDIS | RABBITMQ)


def is_redis(address: str) -> bool:
    """Whether it is the address of a Redis or Valkey."""
    return _is_read_as(address, REDIS)


def _is_read_as(address: str, schemes: set[str]) -> bool:
    parts = parts_of(address)
    return parts is not None and parts.scheme in schemes


def queues(address: str, names: tuple[str, ...]) -> list[Queue]:
    """Each has an exchange of its own, so that no message can reach two of them."""
    kind = {"x-queue-type": "quorum"} if _is_rabbitmq(address) else None
    return [
        Queue(name, Exchange(name), routing_key=name, queue_arguments=kind)
        for name in names
    ]


def for_worker(address: str) -> dict[str, Any]:
    """The settings of whoever takes messages."""
    if _is_rabbitmq(address):
        # Quorum queues keep a message only for a sender that waits for the receipt.
        return {"broker_transport_options": {"confirm_publish": True}}
    patience = {"socket_timeout": 5, "socket_connect_timeout": 2}
    lively = {"health_check_interval": 25, "retry_on_timeout": True}
    return {"broker_transport_options": _redis() | patience | lively}


def for_sender(address: str) -> dict[str, Any]:
    """The settings of whoever sends them."""
    if _is_rabbitmq(address):
        patience = {"connect_timeout": 1, "read_timeout": 1, "write_timeout": 1}
        return {"broker_transport_options": {"confirm_publish": True} | patience}
    patience = {"socket_timeout": 1, "socket_connect_timeout": 1}
    return {"broker_transport_options": _redis() | patience}


def _redis() -> dict[str, Any]:
    return {"visibility_timeout": VISIBILITY_SECONDS, "socket_keepalive": True}


def _is_rabbitmq(address: str) -> bool:
    return urlsplit(address).scheme in RABBITMQ
