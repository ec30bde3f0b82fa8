"""A file as the body of a request, read while it is sent."""

from collections.abc import Iterator
from pathlib import Path

from integrations.errors import NotDone

# Bytes. A small picture goes in one piece, and a hundred threads hold little.
PIECE = 64 * 1024


class FileBody:
    """Its length and its bytes, from the first again at each try.

    A document may have 100 MB, and a worker sends a hundred of them at once.
    """

    def __init__(self, path: Path) -> None:
        """`path` must stay as it is until it is sent."""
        self._path = path
        self._length = path.stat().st_size

    def __len__(self) -> int:
        """Bytes."""
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        """Pieces of at most `PIECE`. Raises `NotDone` when it cannot be read."""
        try:
            with self._path.open("rb", buffering=0) as file:
                while piece := file.read(PIECE):
                    yield piece
        except OSError as error:  # our own disk's fault, not the network's
            raise NotDone("a file could not be read", code="file") from error
