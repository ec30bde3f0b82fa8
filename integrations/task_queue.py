"""The task queue: Celery with its limits, queue names, and a `send` that never waits.

A message is a hint that may be lost, doubled, late or reordered; rows are the truth
(reliability.md 2.1). So nothing here repeats a task, and no task is sent for later:
what is due later is a time in a row. Settings: reliability.md 3.1.
"""

from typing import Any

import structlog
from celery import Celery
from kombu import Exchange, Queue
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from integrations import brokers

log = structlog.get_logger()

PUBLISH = "publish"  # hints that something is to be posted, asked or deleted
CLOCK = "clock"  # short looks into the database, every second
SLOW = "slow"  # everything that nobody waits for

QUEUES = (PUBLISH, CLOCK, SLOW)
# (soft, hard), in seconds. They act in a pool of processes; in a pool of threads, as
# ours is, the time-outs of each call do their work.
LIMITS = (120, 180)
THREADS = 8
# A process's own queue is forgotten when nobody used it for so long.
OWN_SECONDS = 600

_SHARED: dict[str, Any] = {
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "result_backend": None,
    "timezone": "UTC",
    "enable_utc": True,
    "task_default_queue": SLOW,
    "task_create_missing_queues": False,
}

_WORKER: dict[str, Any] = {
    # Early acknowledgement: a lost task is found again by the sweeper, a doubled one
    # may do harm. Jobs that may run twice say acks_late=True themselves.
    "task_acks_late": False,
    "task_reject_on_worker_lost": False,
    "task_acks_on_failure": True,
    "task_acks_on_timeout": True,
    "worker_prefetch_multiplier": 1,
    "worker_disable_prefetch": True,
    "worker_pool": "threads",
    "worker_concurrency": THREADS,
    "task_soft_time_limit": LIMITS[0],
    "task_time_limit": LIMITS[1],
    # These two act in a pool of processes only.
    "worker_max_tasks_per_child": 1000,
    "worker_max_memory_per_child": 300_000,
    "worker_soft_shutdown_timeout": 45,
    "worker_enable_soft_shutdown_on_idle": True,
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "worker_redirect_stdouts": False,
    "worker_hijack_root_logger": False,
    "worker_send_task_events": False,
    # Nobody commands workers over the broker; two of one name may then run on a host.
    "worker_enable_remote_control": False,
    # Every periodic job is an interval and harmless when doubled: no file to keep.
    "beat_scheduler": "celery.beat:Scheduler",
}

_SENDER: dict[str, Any] = {
    "broker_pool_acquire_timeout": 2,
    "broker_connection_timeout": 1,
    "task_publish_retry_policy": {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    },
}

worker_app = Celery("advocacy")
worker_app.conf.update(_SHARED | _WORKER)


class _Sender:
    """What `send` uses in every process; it gives up at once, the worker never does."""

    address = ""
    app = Celery("advocacy-sender", set_as_current=False)


def configure(address: str) -> None:
    """Point the process at the broker, before the first use."""
    worker_app.conf.update(worker_settings(address))
    if address != _Sender.address:
        # A new object: an old one keeps its connections to the old broker.
        _Sender.app = Celery("advocacy-sender", set_as_current=False)
        _Sender.app.conf.update(
            _SHARED | _SENDER | _at(address) | brokers.for_sender(address)
        )
        _Sender.address = address


def worker_settings(address: str) -> dict[str, Any]:
    """What a worker has to know about its broker."""
    return _at(address) | brokers.for_worker(address)


def _at(address: str) -> dict[str, Any]:
    return {"broker_url": address, "task_queues": brokers.queues(address, QUEUES)}


def own_queue(name: str) -> Queue:
    """A queue that one process alone listens to; it ends with its listener."""
    return Queue(
        name, Exchange(name), routing_key=name, auto_delete=True, expires=OWN_SECONDS
    )


def send(task_name: str, *args: int | str, queue: str | Queue = SLOW) -> bool:
    """Wake a worker up; whether the broker took it. Never raises, waits 2 s at most.

    A message that is lost here is made up for by a sweep over the rows.
    """
    try:
        _Sender.app.send_task(
            task_name,
            args=args,
            queue=queue,  # type: ignore[arg-type] # a queue itself is taken too
        )
    except (KombuError, RedisError, OSError) as error:
        names = {"task": task_name, "kind": type(error).__name__}
        log.warning("message_not_sent", reference=args[:1], **names)
        return False
    return True
