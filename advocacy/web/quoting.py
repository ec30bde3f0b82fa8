"""Words that carry quotation marks, put between the page's own."""

import re

from advocacy.web.language import language

# What the sentences of each language put around a title, and so what stands inside.
_INSIDE = {"en": ("‘", "’"), "nl": ("“", "”")}
_WHOLE = re.compile(r"“([^“”]*)”|\"([^\"]*)\"|‘([^‘’]*)’")
# Straight ones too; a single one may be an apostrophe, and is left alone.
_PAIRS = {
    "en": re.compile(r"“([^“”]*)”|\"([^\"]*)\""),
    "nl": re.compile(r"‘([^‘’]*)’|\"([^\"]*)\""),
}


def within_quotes(words: str) -> str:
    """The words as they stand between quotation marks: a pair around all of them goes,
    others become the kind for inside.
    """
    whole = _WHOLE.fullmatch(words.strip())
    if whole:
        return next(one for one in whole.groups() if one is not None)
    opening, closing = _INSIDE[language()]
    return _PAIRS[language()].sub(
        lambda found: f"{opening}{found[1] or found[2] or ''}{closing}", words
    )
