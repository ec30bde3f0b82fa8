"""Content types of our own files, not of whatever this machine's tables say."""

import mimetypes


def install() -> None:
    """Make sure scripts, fonts and drawings are served as what they are."""
    for kind, ending in (
        ("text/javascript", ".js"),
        ("font/woff2", ".woff2"),
        ("image/svg+xml", ".svg"),
        ("text/vtt", ".vtt"),
    ):
        mimetypes.add_type(kind, ending)
