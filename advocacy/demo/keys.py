"""The demonstration's own keys: made once, readable by their owner only."""

import base64
import os
import secrets
from pathlib import Path


def kept_keys(file: Path) -> dict[str, str]:
    """SECRET_KEY and TOKEN_KEYS as an earlier run made them, or fresh ones."""
    if not file.exists():
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY, 0o600), "w") as keys:
            keys.writelines(f"{name}={value}\n" for name, value in fresh_keys().items())
        draft.replace(file)
    lines = file.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def fresh_keys() -> dict[str, str]:
    """New random keys under the names of their settings."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "TOKEN_KEYS": f"k{secrets.token_hex(2)}:{key}",
    }
