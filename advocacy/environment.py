"""Reads one setting after the other from the environment, each by its kind."""

import base64
import binascii
import re
from collections.abc import Mapping

# Ends of lines, other signs for machines, and bytes that are no text.
_NO_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Reader:
    """Collects what is missing instead of stopping at the first."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            self.problems.append(f"{name} is missing")
        return value

    def postgres(self, name: str) -> str:
        """Its address, with the driver that we use."""
        address = self.needed(name)
        for short in ("postgres://", "postgresql://"):
            if address.startswith(short):
                return "postgresql+psycopg://" + address.removeprefix(short)
        return address

    def text(self, name: str, default: str = "") -> str:
        value = self.environment.get(name) or default
        problem = f"{name} must be one line of text"
        if _NO_LINE.search(value) and problem not in self.problems:
            self.problems.append(problem)
        return value

    def yes(self, name: str) -> bool:
        value = self.environment.get(name, "").lower()
        if value not in {"", "0", "1", "false", "true", "no", "yes"}:
            self.problems.append(f"{name} must be yes or no")
        return value in {"1", "true", "yes"}

    def number(self, name: str, default: int, least: int = 0, most: int = 3600) -> int:
        value = self.environment.get(name, "")
        if value and not value.isdecimal():
            self.problems.append(f"{name} must be a whole number")
            return default
        # Longer than nine digits is too much of anything, and slow to read.
        number = int(value or default) if len(value) <= 9 else most + 1
        if not least <= number <= most:
            self.problems.append(f"{name} must be {least} to {most}")
            return default
        return number

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self.environment.get(name, "").replace(",", " ").split())

    def keys(self, name: str) -> dict[str, bytes]:
        """`id:base64,id:base64`, 32 bytes each."""
        keys: dict[str, bytes] = {}
        given = self.needed(name)
        for part in given.split(",") if given else ():
            key_id, _, encoded = part.strip().partition(":")
            try:
                keys[key_id] = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                keys[key_id] = b""
        if any(not key_id or len(key) != 32 for key_id, key in keys.items()):
            self.problems.append(f"{name} must be id:base64 of 32 bytes, comma between")
        return keys
