"""Threads beside the test's own, and waiting for what they do."""

import time
from threading import Thread

from sqlalchemy import text

# As a whole service would see it, however busy the machine is.
LONG = 30


def at_once(visits, call):
    threads = [Thread(target=call) for _ in range(visits)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def wait_until(condition):
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def wait_for_a_lock(session, thread):
    """Until the thread waits for the session's transaction, or has ended."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while thread.is_alive() and not session.scalar(waiting):
        time.sleep(0.01)
