"""Small files that are on the disk whole or not at all, also after a crash."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time

UNFINISHED = "new-"
# Writing takes a moment; who takes longer is not there any more.
LEFT_AFTER = 60.0


def write_whole(path: Path, content: bytes) -> None:
    """Durably, before it returns. Raises OSError when the disk does not take it."""
    _write(path, content, Path.replace)


def write_once(path: Path, content: bytes) -> None:
    """The same, and never over what is there: raises FileExistsError."""
    _write(path, content, lambda new, path: path.hardlink_to(new))


def _write(path: Path, content: bytes, put: Callable[[Path, Path], object]) -> None:
    """`put` gives the finished file its name, in one step."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _flush(path.parent.parent)
    with NamedTemporaryFile(dir=path.parent, prefix=UNFINISHED, delete=False) as file:
        new = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            put(new, path)
        finally:
            new.unlink(missing_ok=True)
    _flush(path.parent)


def _flush(folder: Path) -> None:
    """Put the names in it on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def left_unfinished(folder: Path) -> Iterator[Path]:
    """What a process left that was ended while it wrote."""
    for file in folder.glob(f"{UNFINISHED}*"):
        try:
            left = file.stat().st_mtime < time() - LEFT_AFTER
        except FileNotFoundError:
            continue  # it was finished just now
        if left and not file.is_dir():
            yield file
