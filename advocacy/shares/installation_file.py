"""The half of the installation's identity that is on the disk and in no backup (2.11)."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog

from integrations.whole_files import left_unfinished, write_whole

log = structlog.get_logger()

# So begins the mark of an orderly stop; nobody posts while it stands.
STOPPED = "stopped-"


@dataclass(frozen=True)
class Kept:
    """What the file says: the installation's name, and what the database may be marked
    with: the newest mark first, then the one it had before, None if it was empty.
    """

    name: str
    marks: tuple[str | None, ...] = ()


class InstallationFile:
    """One small file beside the media."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet."""
        self._path = folder / "installation.json"

    def read(self) -> Kept | None:
        """None: there is none, or none that can be read. Raises OSError."""
        try:
            written = json.loads(self._path.read_text())
            # Before there were marks at every beat, there was one at an orderly stop.
            if "marks" not in written:
                written["marks"] = [f"{STOPPED}{written['stop_mark']}"]
            return Kept(written["name"], tuple(written["marks"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            log.exception("installation_file_unreadable")
            return None

    def write(self, kept: Kept) -> None:
        """Whole or not at all. Raises OSError."""
        write_whole(self._path, json.dumps(asdict(kept)).encode())

    def forget_unfinished(self) -> None:
        """What a process left that was ended while it wrote says nothing."""
        for file in left_unfinished(self._path.parent):
            file.unlink(missing_ok=True)
