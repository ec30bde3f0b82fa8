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


def damaged_and_put_aside(pipe):
    """Whoever reads this file finds it damaged, and by then it is not there any more."""
    with pipe.open("wb") as file:  # waits for a reader
        pipe.unlink()
        file.write(b"\xff")
