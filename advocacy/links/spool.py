"""Batches of visits that the database could not take, kept on the disk until it can.

A file for each, on the disk before its visitors go on. Codes, days, outcomes and numbers
of visits; nothing of visitors.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import structlog

from advocacy.links.batches import check_text
from integrations.whole_files import left_unfinished, write_whole

FOLDER = "visits"  # in DATA_FOLDER
# Of one moment each, so this is an outage of minutes at full load, or of days.
MOST_FILES = 10_000

log = structlog.get_logger()


class SpoolFull(OSError):
    """So many files wait that the disk is kept for other things."""


class Spool:
    """One folder of batches that wait for the database; any process may store them."""

    def __init__(self, data_folder: Path, *, most_files: int = MOST_FILES) -> None:
        """The folder is made when it is first needed."""
        self.folder = data_folder / FOLDER
        self._most = most_files

    def keep(self, batch_id: UUID, visits: str) -> None:
        """Write it down, durably. Raises OSError when the disk does not take it."""
        if self.count() >= self._most:
            raise SpoolFull
        try:
            write_whole(self._file(batch_id), visits.encode())
        except OSError:
            self.forget(batch_id)  # it may have its name already, and counts as lost
            raise

    def forget(self, batch_id: UUID) -> None:
        """It is stored; done twice it is still done."""
        self._file(batch_id).unlink(missing_ok=True)

    def count(self) -> int:
        """How many batches wait here."""
        return sum(1 for _file in self.folder.glob("*.txt"))

    def waiting(self) -> Iterator[tuple[UUID, str]]:
        """What is kept here. A file that cannot be read is put aside, and said."""
        for file in left_unfinished(self.folder):
            file.unlink(missing_ok=True)  # its visitors were never told it is stored
        for file in sorted(self.folder.glob("*.txt")):
            if file.is_dir():
                continue  # not ours, whatever it is called
            try:
                yield UUID(file.stem), _lines(file)
            except FileNotFoundError:
                continue  # another process was quicker
            except OSError as error:
                log.warning("kept_visits_unreadable", kind=type(error).__name__)
            except ValueError:
                log.warning("kept_visits_unreadable", kind="ValueError")
                with suppress(FileNotFoundError):  # another process was quicker
                    file.replace(file.with_suffix(".unreadable"))

    def _file(self, batch_id: UUID) -> Path:
        return self.folder / f"{batch_id}.txt"


def _lines(file: Path) -> str:
    visits = file.read_text("ascii")
    check_text(visits)
    return visits
