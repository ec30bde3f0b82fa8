"""Videos that LinkedIn was still working on when we stopped looking.

A long one takes longer than a try may last. Sent again it would begin anew, and never
be ready in time; so the next try of the same process asks for the one that is there.
"""

from threading import Lock

from integrations.network import Video

MOST = 100
Key = tuple[object, ...]


class PendingVideos:
    """URNs by member and files. Taken out while somebody works with them."""

    def __init__(self) -> None:
        """Nothing is pending."""
        self._lock = Lock()
        self._urns: dict[Key, str] = {}

    def take(self, key: Key) -> str | None:
        """The URN that was kept, for one caller only."""
        with self._lock:
            return self._urns.pop(key, None)

    def keep(self, key: Key, urn: str) -> None:
        """Remember it; the oldest are forgotten."""
        with self._lock:
            self._urns[key] = urn
            while len(self._urns) > MOST:
                del self._urns[next(iter(self._urns))]


def key_of(member_id: str, video: Video) -> Key:
    """Equal when the same member posts the same files, unchanged."""
    marks: list[object] = [member_id]
    for file in (video.file, video.captions, video.poster):
        if file:
            about = file.stat()
            marks += [str(file), about.st_size, about.st_mtime_ns]
        else:
            marks.append(None)
    return tuple(marks)
