"""What a run of the attack suite says: sentences of `attack_sentences` with their numbers.

Written down as a number, as a decimal in a string ("0.567"), or as a list of the sentence's
key and its values by name, which are such again.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from babel import Locale
from babel.numbers import format_decimal
from flask_babel import get_locale, gettext

from advocacy.reach.attack_sentences import SENTENCES


class Said(NamedTuple):
    """One sentence."""

    key: str
    values: "Mapping[str, Words]"


Words = int | str | Said


def said(key: str, **values: Words) -> Said:
    """Raises KeyError where the translators do not know it."""
    SENTENCES[key]
    return Said(key, values)


def in_english(words: Words) -> str:
    """For the suite's own table; needs no application."""
    return _worded(words, str, Locale("en"))


def in_readers_language(words: Words) -> str:
    """For pages."""
    return _worded(words, gettext, get_locale())


def _worded(words: Words, translated: Callable[[str], str], locale: Locale) -> str:
    if isinstance(words, int):
        return str(format_decimal(words, locale=locale))
    if isinstance(words, str):
        places = words.partition(".")[2]
        pattern = f"0.{len(places) * '0'}"
        return str(format_decimal(Decimal(words), format=pattern, locale=locale))
    key, values = words  # also as a list, out of a file
    parts = {name: _worded(value, translated, locale) for name, value in values.items()}
    return translated(SENTENCES[key]) % parts
