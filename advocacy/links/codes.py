"""Short codes: 64 random bits each, so that nobody finds one by trying."""

from secrets import token_urlsafe

RANDOM_BYTES = 8
LENGTH = 11  # eight bytes in base64url, without padding


def new_code() -> str:
    """A code nobody can guess, and that says nothing about item, person or order."""
    return token_urlsafe(RANDOM_BYTES)
