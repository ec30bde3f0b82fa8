"""The half of the installation's identity that is on the disk and in no backup (2.11)."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog

log = structlog.get_logger()


@dataclass(frozen=True)
class Kept:
    """What the file says: the installation's name, and the mark of an orderly stop or
    else the last beat (ISO 8601, by the database's clock).
    """

    name: str
    stop_mark: str | None = None
    beat_at: str | None = None


class InstallationFile:
    """One small file beside the media."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet."""
        self._path = folder / "installation.json"

    def read(self) -> Kept | None:
        """None: there is none, or none that can be read."""
        try:
            return Kept(**json.loads(self._path.read_text()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            log.exception("installation_file_unreadable")
            return None

    def write(self, kept: Kept) -> None:
        """Whole or not at all, and only if it says something new."""
        if self.read() == kept:
            return
        folder = self._path.parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile("w", dir=folder, prefix="new-", delete=False) as file:
            json.dump(asdict(kept), file)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._path)
