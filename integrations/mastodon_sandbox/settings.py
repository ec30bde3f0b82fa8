"""How strict and how fast the pretend server is."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SandboxSettings:
    """Given by whoever starts it; the defaults are Mastodon's own figures."""

    # Names to sign in as; any other may be typed.
    members: tuple[str, ...] = ()
    # Style sheets, fonts and icons; without them the pages are plain.
    static: Path | None = None
    # Where "back to the library" leads.
    home: str = ""
    code_seconds: float = 10 * 60
    # How long a status's key is remembered.
    key_seconds: float = 60 * 60
    # Until a film can be attached; pictures are ready at once.
    processing_seconds: float = 0
    slow_seconds: float = 40
    longest_text: int = 500
    most_media: int = 4
    longest_description: int = 1500
    largest_picture: int = 16 * 1024 * 1024
    largest_video: int = 99 * 1024 * 1024
