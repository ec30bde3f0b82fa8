"""Outcomes that the database could not take, kept on this machine until it can (2.6).

A file for each, on the disk before anything else happens: who dies afterwards loses
nothing. Numbers, states and the post's id; never a text, a token or a person, but for the
hash that a member's calls are counted by.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

import structlog

from advocacy.shares.attempted import Attempted
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import Outcome
from advocacy.shares.reasons import Reason
from integrations.whole_files import left_unfinished, write_whole

log = structlog.get_logger()
_UNREADABLE = (ValueError, KeyError, TypeError, OverflowError)


class Spool:
    """One folder of outcomes that wait for the database."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when it is first needed, or by `open`."""
        self.folder = folder

    def open(self) -> None:
        """Make sure that something could be kept. Raises OSError: better now than then."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryFile(dir=self.folder):
            next(self.folder.iterdir(), None)

    def keep(self, attempted: Attempted, outcome: Outcome) -> None:
        """Write it down, durably. Raises OSError when the disk does not take it."""
        written = json.dumps(_written(attempted, outcome)).encode()
        write_whole(self._file(attempted), written)

    def forget(self, attempted: Attempted) -> None:
        """It is stored; done twice it is still done."""
        self._file(attempted).unlink(missing_ok=True)

    def put_aside(self, attempted: Attempted) -> None:
        """Keep it for somebody who looks; it is not offered again."""
        file = self._file(attempted)
        with suppress(FileNotFoundError):  # another worker was quicker
            file.replace(file.with_suffix(".unplaced"))

    def waiting(self) -> Iterator[tuple[Attempted, Outcome]]:
        """What is kept here. A file that cannot be read is put aside, and said."""
        self._finish_what_was_left()
        for file in sorted(self.folder.glob("*.json")):
            if file.is_dir():
                continue  # not ours, whatever it is called
            try:
                found = _read(json.loads(file.read_text()))
            except FileNotFoundError:
                continue  # another worker was quicker
            except OSError:
                log.exception("kept_outcome_unreadable", reference=file.name)
                continue
            except _UNREADABLE:
                log.exception("kept_outcome_unreadable", reference=file.name)
                with suppress(FileNotFoundError):  # another worker was quicker
                    file.replace(file.with_suffix(".unreadable"))
                continue
            yield found

    def _file(self, attempted: Attempted) -> Path:
        return self.folder / f"{attempted.share_id}-{attempted.n}.json"

    def _finish_what_was_left(self) -> None:
        """Whoever was killed while keeping may have written all of it: that is worth gold."""
        for file in left_unfinished(self.folder):
            try:
                attempted, _outcome = _read(json.loads(file.read_text()))
                file.replace(self._file(attempted))
            except FileNotFoundError:
                continue  # another worker was quicker
            except OSError:
                log.exception("kept_outcome_unreadable", reference=file.name)
            except _UNREADABLE:
                file.unlink(missing_ok=True)  # half a file says nothing


def _written(attempted: Attempted, outcome: Outcome) -> dict[str, object]:
    wait = outcome.wait.total_seconds() if outcome.wait is not None else None
    day = attempted.day.isoformat() if attempted.day is not None else None
    return {
        "attempt": asdict(attempted)
        | {"connected_at": attempted.connected_at.isoformat(), "day": day},
        "outcome": asdict(outcome) | {"wait": wait},
    }


def _read(written: dict[str, dict[str, object]]) -> tuple[Attempted, Outcome]:
    attempted = Attempted(**written["attempt"])  # type: ignore[arg-type]
    outcome = Outcome(**written["outcome"])  # type: ignore[arg-type]
    wait = written["outcome"]["wait"]
    reason = written["outcome"]["reason"]
    day = written["attempt"].get("day")  # an earlier version kept none
    return (
        replace(
            attempted,
            connected_at=datetime.fromisoformat(
                str(written["attempt"]["connected_at"])
            ),
            day=None if day is None else date.fromisoformat(str(day)),
        ),
        replace(
            outcome,
            state=ShareState(str(written["outcome"]["state"])),
            reason=None if reason is None else Reason(str(reason)),
            wait=None if wait is None else timedelta(seconds=float(str(wait))),
        ),
    )
