"""Visits that go to a writer as those of the service do: by way of an event loop."""

import asyncio
from weakref import WeakKeyDictionary

from advocacy.links.recorder import Recorder
from tests.advocacy.links.asking import AsWsgi
from tests.advocacy.links.threads import LONG

recorders = WeakKeyDictionary()


def record(writer, code, day, outcome, *, wait=True, visitor=b""):
    """Whether it is on a disk; without `wait`, come back before."""
    recorder = recorders.setdefault(writer, Recorder(writer))
    visit = (code, day, outcome.value)
    recording = recorder.record(visit, visitor) if wait else recorder.note(visit)
    return asyncio.run_coroutine_threadsafe(recording, AsWsgi.loop).result(LONG)
