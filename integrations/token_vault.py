"""Locks lent tokens: AES-256-GCM, with a key id beside each so that keys can change."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# 96 random bits: at a few million tokens a key, two equal ones stay out of reach.
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotUnlock(Exception):
    """The token cannot be read: changed, meant for somebody else, or its key is gone.

    Holds the key's id and nothing that was locked.
    """

    def __init__(self, key_id: str) -> None:
        super().__init__(f"locked with key {key_id!r}")
        self.key_id = key_id


@dataclass(frozen=True)
class Locked:
    """What may be stored."""

    data: bytes = field(repr=False)
    key_id: str


class TokenVault:
    """The first key locks, every key unlocks.

    So a new key is put in front, and the old one stays until nothing needs it.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """`keys` maps key ids to 32 bytes each."""
        if not keys:
            raise ValueError("the vault needs a key")
        if any(not key_id or len(key) != KEY_BYTES for key_id, key in keys.items()):
            raise ValueError("each key needs an id and 32 bytes")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.key_id = next(iter(keys))

    def lock(self, plain: str, about: str) -> Locked:
        """Lock `plain`; `about` names the table, the owner and the use.

        Whoever unlocks has to name the same, so a token is worthless in another row.
        """
        nonce = os.urandom(NONCE_BYTES)
        bound = _bound(about, self.key_id)
        sealed = self._ciphers[self.key_id].encrypt(nonce, plain.encode(), bound)
        return Locked(nonce + sealed, self.key_id)

    def unlock(self, data: bytes, key_id: str, about: str) -> str:
        """What was locked.

        Raises CannotUnlock.
        """
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise CannotUnlock(key_id)
        nonce, sealed = data[:NONCE_BYTES], data[NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, sealed, _bound(about, key_id)).decode()
        except (InvalidTag, ValueError) as error:  # ValueError: too short to be ours
            raise CannotUnlock(key_id) from error


def _bound(about: str, key_id: str) -> bytes:
    # The length keeps ("ab", "c") and ("a", "bc") apart.
    return f"{len(key_id)}:{key_id}:{about}".encode()
