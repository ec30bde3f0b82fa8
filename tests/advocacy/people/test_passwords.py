"""Passwords: long ones kept whole, guessable ones refused, hashed as strongly as we
say.
"""

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from advocacy.people import passwords
from advocacy.people.errors import WeakPassword
from advocacy.people.passwords import (
    check_new_password,
    fits,
    hash_password,
    is_outdated,
)

ABOUT = ("Marit Hoekstra", "marit.hoekstra@veenstroom.example", "Veenstroom")
GOOD = "vier natte klei laarzen"
WORDS = [
    word
    for word in Path(passwords.__file__)
    .with_name("blocked_words.txt")
    .read_text()
    .splitlines()
    if word and not word.startswith("#")
]


def test_what_is_stored_names_argon2id_with_19_mib_two_passes_and_one_lane() -> None:
    stored = hash_password(GOOD)
    assert stored.startswith("$argon2id$v=19$")
    assert re.search(r"\$m=19456,t=2,p=1\$", stored)
    assert GOOD not in stored


@pytest.mark.parametrize(
    "password",
    [
        "twaalf lett.",
        "zestig letters " * 4,
        "x" * 127 + "y",
        "🐑🚲🌧️ schapen op de dijk bij Eemnes 🐑",
        "ëïöü ŵŷ ß ﬁ Ω",
        "spatie aan het eind ",
        "l" * 999 + "1",
        "nul\x00er middenin staat",
    ],
)
def test_passwords_of_every_length_and_script_are_kept_whole(password: str) -> None:
    stored = hash_password(password)
    assert fits(stored, password)
    assert not fits(stored, password[:-1])
    assert not fits(stored, password.swapcase() + "x")


def test_nothing_fits_where_there_is_no_password() -> None:
    assert not fits(None, "")
    assert not fits(None, GOOD)


def test_checking_where_there_is_no_password_costs_the_same_parameters() -> None:
    nobody, real = (
        re.match(r"\$argon2id\$v=\d+\$[^$]+", stored)
        for stored in (passwords.NOBODY, hash_password(GOOD))
    )
    assert nobody
    assert real
    assert nobody.group() == real.group()


def test_a_hash_made_more_cheaply_is_outdated_and_ours_is_not() -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    assert is_outdated(cheap.hash(GOOD))
    assert not is_outdated(hash_password(GOOD))


@pytest.mark.parametrize("password", ["", "elf letters", "x" * 1001])
def test_too_short_and_too_long_ones_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_new_password(password, *ABOUT)


def is_refused(password: str) -> bool:
    try:
        check_new_password(password, *ABOUT)
    except WeakPassword:
        return True
    return False


def test_every_listed_word_is_refused_however_it_is_stretched() -> None:
    digits = "123456789012"
    passed = [
        password
        for word in WORDS
        for password in (
            f"{word}{digits[: max(4, 12 - len(word))]}",
            f"{word.capitalize()}-{word.upper()}-2026!!".ljust(12, "!"),
        )
        if not is_refused(password)
    ]
    assert len(WORDS) > 300
    assert passed == []


@pytest.mark.parametrize(
    "password",
    [
        "Veenstroom2026!",
        "marit-hoekstra-1",
        "W3lk0m!W3lk0m!",
        "P@$$w0rd123456",
        "aaaaaaaaaaaab",
        "abababababab",
        "010203040506",
    ],
)
def test_names_lookalikes_and_repetitions_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword, match="guess"):
        check_new_password(password, *ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "9fK!e2xvQ-tzL",
        "rijnkanaalbrugwachter",
        "meteropnemer op klompen",
        "x" * 3 + "sloot, dijk, gemaal" * 6,
    ],
)
def test_a_few_words_of_ones_own_are_welcome(password: str) -> None:
    check_new_password(password, *ABOUT)
