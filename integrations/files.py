"""Stored files: disk now, shaped so that a bucket could stand behind the same class."""

import os
import re
import shutil
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from integrations.whole_files import UNFINISHED, left_unfinished

# Nothing a person typed is ever part of a name.
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}", re.ASCII)
_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{1,5}", re.ASCII)


class NotAStoredName(ValueError):
    """Asked for a name that `put` cannot have made."""


class Files:
    """Files under random names in one folder, which must not be served as it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, content: bytes | Path, suffix: str) -> str:
        """Store bytes, or a copy of the file at a path; the name to find it by.

        The file is on the disk, whole, before the name exists.
        """
        if not _SUFFIX.fullmatch(suffix):
            raise NotAStoredName(suffix)
        name = token_hex(16) + suffix
        with NamedTemporaryFile(
            dir=self.folder, prefix=UNFINISHED, delete=False
        ) as file:
            try:
                _fill(file, content)
                Path(file.name).replace(self.folder / name)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        self._settle()
        return name

    def path(self, name: str) -> Path:
        """Where the file is on this machine, for programs that need a path."""
        if not _NAME.fullmatch(name):
            raise NotAStoredName(name)
        return self.folder / name

    def open(self, name: str) -> BinaryIO:
        """The file, to read. FileNotFoundError when it is gone."""
        return self.path(name).open("rb")

    def remove(self, name: str) -> None:
        """Forget a file; done twice it is still done."""
        self.path(name).unlink(missing_ok=True)

    def forget_unfinished(self) -> int:
        """Remove what a process left that was killed while it stored; how many."""
        left = list(left_unfinished(self.folder))
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def _settle(self) -> None:
        """Make the new name itself survive a power cut."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _fill(file: IO[bytes], content: bytes | Path) -> None:
    if isinstance(content, bytes):
        file.write(content)
    else:
        with content.open("rb") as source:
            shutil.copyfileobj(source, file, 1024 * 1024)
    file.flush()
    os.fsync(file.fileno())
