"""Notice changed files, for `./run dev`."""

from collections.abc import Iterator
from pathlib import Path

# Style sheets and scripts are read on every request, so they need no restart.
WATCHED = ("*.py", "*.html", "*.po")
FOLDERS = ("advocacy", "content", "integrations", "templates")


class Watch:
    """Remembers when each source file was last written."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._look()

    def changed(self) -> set[Path]:
        """Files written, added or removed since the last time one asked."""
        seen, before = self._look(), self._seen
        self._seen = seen
        return {file for file, _ in seen.items() ^ before.items()}

    def _look(self) -> dict[Path, int]:
        times = {}
        for file in self._files():
            try:
                times[file] = file.stat().st_mtime_ns
            except FileNotFoundError:
                continue  # an editor's short-lived copy
        return times

    def _files(self) -> Iterator[Path]:
        for folder in FOLDERS:
            for kind in WATCHED:
                yield from (self._root / folder).rglob(kind)
