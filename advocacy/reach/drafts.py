"""What was drawn for a release, on the disk before the database has it.

The database is the only place where a figure stands, but not the only memory of it: whoever
is killed between drawing and storing, and a database that is put back from an older copy,
would draw a second time, and the mean of two draws is nearer to the truth than either
(privacy.md 1.5, step 10). So each draw is a file that stays, and who finds it stores it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from advocacy.reach.batches import Batch, NotReleasable
from advocacy.reach.models import Metric
from integrations.whole_files import left_unfinished, write_once

FOLDER = "releases"  # in DATA_FOLDER
_NAME = re.compile(r"(.+)-(\d{4}-\d\d-\d\d)-(\d+)\.json")
_ODD = (ValueError, KeyError, TypeError, AttributeError)
Drawn = Mapping[Metric, Mapping[str, int]]  # by group, noise included


class DraftUnreadable(Exception):
    """There is a file, and it is not what was written for this batch."""


class DraftUnfit(NotReleasable):
    """What was drawn is for other groups than the database has, or with other noise."""


@dataclass(frozen=True)
class Draft:
    """Every number of a batch, noise included, and the moment it was drawn."""

    drawn: Drawn
    sigmas: dict[str, int]  # by metric, of the noise in them
    at: datetime


class Drafts:
    """One folder of drawn batches, for all processes that may release."""

    def __init__(self, data_folder: Path) -> None:
        """The folder is made when it is first needed."""
        self.folder = data_folder / FOLDER

    def find(self, batch: Batch) -> Draft | None:
        """What was drawn for it, ever. Raises DraftUnreadable, or OSError."""
        for file in left_unfinished(self.folder):
            file.unlink(missing_ok=True)  # nobody saw it, and it may be half a file
        try:
            kept = self._file(batch).read_bytes()
        except FileNotFoundError:
            return None
        try:
            return _read(kept, batch)
        except _ODD as error:
            raise DraftUnreadable(self._file(batch).name) from error

    def keep(self, batch: Batch, draft: Draft) -> None:
        """Durably, before it returns. Raises OSError when the disk does not take it, and
        FileExistsError when somebody else has drawn meanwhile: theirs is the only draw.
        """
        body = json.dumps(_written(batch, draft), indent=1).encode()
        write_once(self._file(batch), _seal(body).encode() + b"\n" + body)

    def kept_in(self, year: int) -> set[Batch]:
        """Everything that was ever drawn of windows that began then, by the names.

        Raises OSError.
        """
        # `glob` takes a folder that cannot be listed for an empty one.
        files = self.folder.iterdir() if self.folder.exists() else ()
        named = [_NAME.fullmatch(file.name) for file in files]
        return {
            Batch(one[1], date.fromisoformat(one[2]), int(one[3]))
            for one in named
            if one and _is_day(one[2]) and one[2].startswith(f"{year}-")
        }

    def _file(self, batch: Batch) -> Path:
        day, edition = batch.window_start.isoformat(), batch.edition
        return self.folder / f"{batch.table}-{day}-{edition}.json"


def _seal(body: bytes) -> str:
    """A disk may lose what it said it had; a number that is a little wrong looks right."""
    return hashlib.sha256(body).hexdigest()


def _about(batch: Batch) -> dict[str, Any]:
    return {
        "table": batch.table,
        "window_start": batch.window_start.isoformat(),
        "edition": batch.edition,
    }


def _written(batch: Batch, draft: Draft) -> dict[str, Any]:
    return _about(batch) | {
        "at": draft.at.isoformat(),
        "sigmas": draft.sigmas,
        "drawn": {metric.value: dict(each) for metric, each in draft.drawn.items()},
    }


def _read(kept: bytes, batch: Batch) -> Draft:
    seal, _, body = kept.partition(b"\n")
    if seal.decode(errors="replace") != _seal(body):
        raise ValueError("it is not whole")
    written = json.loads(body)
    if not _about(batch).items() <= written.items():
        raise ValueError("it is about another batch")
    return Draft(
        drawn={Metric(name): dict(each) for name, each in written["drawn"].items()},
        sigmas=written["sigmas"],
        at=datetime.fromisoformat(written["at"]),
    )


def _is_day(words: str) -> bool:
    """Whatever else lies in the folder is not ours."""
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True
