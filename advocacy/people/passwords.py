"""Passwords of local accounts: argon2id, long ones welcome, the guessable ones
refused.
"""

import os
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from advocacy.people.errors import WeakPassword

SHORTEST = 12
LONGEST = 1000  # a limit for our sake; nothing below it is cut off
# OWASP's smallest setting: 19 MiB, two passes, one lane. Raising it re-hashes at
# sign-in.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# What has to be left of a password when guessable words and digits are taken out.
FEWEST_OWN_LETTERS = 4
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def _hash_of_nothing() -> str:
    """A hash no password has, as dear to check as a real one."""

    def coded(length: int) -> str:
        return b64encode(os.urandom(length)).decode().rstrip("=")

    cost = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${cost}${coded(16)}${coded(32)}"


NOBODY = _hash_of_nothing()


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return HASHER.hash(password)


def fits(stored: str | None, typed: str) -> bool:
    """Whether `typed` is the password; takes as long when there is none to compare
    with.
    """
    try:
        HASHER.verify(stored or NOBODY, typed)
    except VerificationError:
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether it was hashed more cheaply than we hash today."""
    return HASHER.check_needs_rehash(stored)


def check_new_password(password: str, *about: str) -> None:
    """Refuse what is short or easily guessed; `about` is the person's name, address,
    employer.

    Raises WeakPassword.
    """
    if len(password) < SHORTEST:
        raise WeakPassword.too_short(SHORTEST)
    if len(password) > LONGEST:
        raise WeakPassword.too_long(LONGEST)
    own_words = re.split(r"[\W_]+", " ".join(about).casefold())
    if _is_guessable(password, {word for word in own_words if len(word) > 2}):
        raise WeakPassword.guessable()


def _is_guessable(password: str, own_words: set[str]) -> bool:
    """Whether little is left beside well-known words, the person's own, and digits."""
    if len(set(password)) < 5:
        return True
    known = sorted(_blocked_words() | own_words, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in known))
    plain = password.casefold()
    own = list(plain)
    # "w3lk0m" is read as "welkom"; both spellings have the same length.
    for spelling in (plain, plain.translate(LOOKALIKES)):
        for found in pattern.finditer(spelling):
            own[found.start() : found.end()] = " " * len(found.group())
    return sum(letter.isalpha() for letter in own) < FEWEST_OWN_LETTERS


@cache
def _blocked_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "blocked_words.txt").read_text().splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
