"""A request to a network and what it answered, as plain as they are sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from integrations.file_body import FileBody


@dataclass(frozen=True)
class Request:
    """Everything that is sent, encoded already; headers written like `Content-Type`."""

    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes | FileBody | None = None

    @property
    def server(self) -> str:
        """Host and port, as the address has them."""
        return urlsplit(self.address).netloc

    @property
    def target(self) -> str:
        """What is asked of the server: path and query."""
        parts = urlsplit(self.address)
        return (
            f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        )

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return len(self.body or b"")


@dataclass(frozen=True)
class Answer:
    """Status, headers (small letters) and body of one answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def said(self) -> dict[str, Any]:
        """The body's JSON object; empty when it is anything else."""
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):  # or it nests without end
            return {}
        return said if isinstance(said, dict) else {}


class NoAnswer(Exception):
    """No whole answer came; `code` says why, and is safe to log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
