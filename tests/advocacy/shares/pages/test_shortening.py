"""The beginning of a text where there is no room for all of it."""

import pytest

from advocacy.shares.shortening import shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Short.", "Short."),
        ("Two\n\n  lines", "Two lines"),
        ("one two three", "one two …"),
        ("exactly 10", "exactly 10"),
        ("exactly 10 and more", "exactly 10 …"),
        ("one, two, three", "one, two …"),
        ("x" * 30, "x" * 10 + " …"),
        ("", ""),
    ],
)
def test_it_ends_where_a_word_ends(text, shown):
    assert shortened(text, 10) == shown
