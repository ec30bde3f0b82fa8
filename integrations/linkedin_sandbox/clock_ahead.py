"""The network's own clock: what is asked of it happens as far ahead as it is set."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from integrations.clock import clock_at
from integrations.linkedin_sandbox.memory import Memory

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def ahead(answer: Wsgi, memory: Memory) -> Wsgi:
    """`answer` under the network's clock. While one call lasts, it stands still."""

    def answer_ahead(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        seconds = memory.settings.ahead_seconds
        if not seconds:
            return answer(environ, start)
        with clock_at(datetime.now(UTC) + timedelta(seconds=seconds)):
            return answer(environ, start)

    return answer_ahead
