"""Many threads that begin at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from advocacy.shares.storing import AlreadyShared


def at_once(number, act):
    """Let `act(0)` … run at the same moment; what each gave or raised."""
    start = Barrier(number)

    def one(index):
        start.wait()
        try:
            return act(index)
        except AlreadyShared as refused:
            return refused

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))
