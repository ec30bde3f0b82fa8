"""What a page asks of the machine: its statements, the rows they give, and its bytes.

Clock time is made of these. It is not measured itself: on a shared machine it would say
nothing or cry wolf.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, event

from integrations.clock import clock_at
from tests.attacks.reading import addresses_of_figures, plain
from tests.attacks.stage import Stage
from tests.attacks.walking import bytes_of, same_chance

# By address: each statement with its number of rows, and then the bytes.
Work = dict[str, tuple[list[tuple[str, int]], int]]


def work_of_pages(stage: Stage, person_id: int, at: datetime) -> Work:
    """Of every page and file of figures, each read a second time."""
    found: Work = {}
    with stage.on(), clock_at(at):
        with same_chance("work"):
            browser = stage.browser(person_id)
        for address in addresses_of_figures(stage):

            def read(address: str = address) -> bytes:
                with same_chance(address):
                    answer = bytes_of(browser.get(address))
                assert answer[:3] in {b"200", b"404"}, answer[:200]
                return plain(answer)

            read()  # what a process keeps from then on
            found[address] = work_of(stage.engine, read)
    return found


def work_of(
    engine: Engine, read: Callable[[], bytes]
) -> tuple[list[tuple[str, int]], int]:
    """Of one reading."""
    with _statements(engine) as asked:
        size = len(read())
    return list(asked), size


@contextmanager
def _statements(engine: Engine) -> Iterator[list[tuple[str, int]]]:
    asked: list[tuple[str, int]] = []

    def note(_connection, cursor, statement, *_others) -> None:
        asked.append((statement, cursor.rowcount))

    event.listen(engine, "after_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "after_cursor_execute", note)
