"""Sending never waits long and never fails; nothing is ever sent for later."""

import json
import re
import socket
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
import redis
from structlog.testing import capture_logs

from integrations import task_queue
from integrations.task_queue import CLOCK, PUBLISH, SLOW, send, worker_app

ROOT = Path(__file__).parents[2]
LONGEST = 3.0  # two seconds are allowed; the rest is a busy machine


@pytest.fixture
def black_hole():
    """A broker that takes calls and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def pointed_at(address):
    task_queue.configure(address)
    started = monotonic()
    taken = send("shares.publish", 12, queue=PUBLISH)
    return taken, monotonic() - started


def test_a_message_carries_a_name_and_an_id_and_nothing_else(valkey):
    task_queue.configure(valkey.address)
    line = redis.Redis(unix_socket_path=str(valkey.socket))
    line.delete(PUBLISH, CLOCK, SLOW)

    assert send("shares.publish", 12, queue=PUBLISH)

    assert [line.llen(name) for name in (PUBLISH, CLOCK, SLOW)] == [1, 0, 0]
    message = json.loads(line.lpop(PUBLISH))
    assert message["headers"]["task"] == "shares.publish"
    assert message["headers"]["eta"] is None
    assert message["content-type"] == "application/json"
    line.close()


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_is_gone_is_noticed_at_once(scheme):
    taken, seconds = pointed_at(f"{scheme}://127.0.0.1:1/0")
    assert not taken
    assert seconds < LONGEST


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_is_silent_is_given_up(black_hole, scheme):
    taken, seconds = pointed_at(black_hole.replace("redis", scheme))
    assert not taken
    assert seconds < LONGEST


def test_many_threads_are_not_held_up_by_a_silent_broker(black_hole):
    task_queue.configure(black_hole)
    started = monotonic()
    threads = [Thread(target=send, args=("shares.publish", n)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert monotonic() - started < 2 * LONGEST + 2


def test_a_broker_that_is_back_is_used_again(valkey, black_hole):
    assert not pointed_at(black_hole)[0]
    assert pointed_at(valkey.address)[0]


def test_the_log_names_the_task_and_its_id_only(black_hole):
    with capture_logs() as lines:
        pointed_at(black_hole)
    assert lines == [
        {
            "event": "message_not_sent",
            "log_level": "warning",
            "task": "shares.publish",
            "reference": (12,),
            "kind": "OperationalError",
        }
    ]


def test_the_settings_are_those_that_lose_and_double_nothing(valkey):
    task_queue.configure(valkey.address)
    conf = worker_app.conf
    expected = {
        "task_acks_late": False,
        "worker_prefetch_multiplier": 1,
        "worker_disable_prefetch": True,
        "task_ignore_result": True,
        "result_backend": None,
        "task_serializer": "json",
        "accept_content": ["json"],
        "timezone": "UTC",
        "enable_utc": True,
        "worker_pool": "threads",
        "task_soft_time_limit": 120,
        "task_time_limit": 180,
        "broker_connection_max_retries": None,
        "broker_connection_retry_on_startup": True,
        "worker_redirect_stdouts": False,
        "worker_soft_shutdown_timeout": 45,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
    }
    assert {name: conf[name] for name in expected} == expected
    assert conf.broker_transport_options["visibility_timeout"] > max(task_queue.LIMITS)
    assert {queue.name for queue in conf.task_queues} == {PUBLISH, CLOCK, SLOW}


def test_nothing_is_sent_for_later_and_no_task_repeats_itself():
    """An ETA over Redis is redelivered again and again; the time is in the row."""
    forbidden = re.compile(
        r"\bcountdown\b|\beta\s*=|\.retry\(|autoretry_for|\.apply_async\(|\.delay\("
        r"|\bmax_retries\s*="
    )
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for folder in ("advocacy", "content", "integrations")
        for file in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []
