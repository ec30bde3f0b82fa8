"""Codes that nobody can guess."""

import re
import secrets

from advocacy.links import codes
from advocacy.links.codes import LENGTH, new_code


def test_a_code_is_64_random_bits_in_eleven_characters():
    made = [new_code() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert all(re.fullmatch(rf"[A-Za-z0-9_-]{{{LENGTH}}}", code) for code in made)
    assert codes.RANDOM_BYTES * 8 >= 64


def test_codes_come_from_the_operating_systems_randomness():
    assert codes.token_urlsafe is secrets.token_urlsafe
