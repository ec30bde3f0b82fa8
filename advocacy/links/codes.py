"""Short codes: 64 random bits each, so that nobody finds one by trying."""

import re
from secrets import token_urlsafe

RANDOM_BYTES = 8
LENGTH = 11  # eight bytes in base64url, without padding
CODE = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")


def new_code() -> str:
    """A code nobody can guess, and that says nothing about item, person or order."""
    return token_urlsafe(RANDOM_BYTES)


def can_be_code(text: str) -> bool:
    """Whether a link could have this code; any other text needs no look-up."""
    return CODE.fullmatch(text) is not None
