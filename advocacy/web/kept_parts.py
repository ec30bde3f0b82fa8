"""Parts of pages that are the same for many readers: drawn once, and kept by the process.

`kept(macro, …)` in a template gives what the macro draws for these values. A macro that is
imported sees nothing of the page, so its values are all that it can depend on, with the
reader's language and clock. It may hold nothing of one reader: no token of a form, no nonce.

`kept_page(macro, …)` is for all that stands between the head and the foot; such a macro may be
given `kept`, which counts as a value like any other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from flask import Flask, request
from jinja2.runtime import Macro
from markupsafe import Markup

from advocacy.web.formats import this_year
from advocacy.web.language import language, time_zone

# The least recently used are given up first.
MOST = 4_000  # of some 2 kB
MOST_PAGES = 200  # of some 20 kB


@dataclass(frozen=True)
class Kept:
    """Draws for one kind of reader; as good as another's for the same kind."""

    reader: tuple[object, ...]
    draw: Callable[..., Markup] = field(compare=False)

    def __call__(self, macro: Macro, *values: Any) -> Markup:
        return self.draw(self.reader, macro, *values)


def install(app: Flask) -> None:
    """Offer `kept` and `kept_page` to the pages."""
    part, page = lru_cache(MOST)(_drawn), lru_cache(MOST_PAGES)(_drawn)

    @app.context_processor
    def for_pages() -> dict[str, Any]:
        reader = _reader()
        return {"kept": Kept(reader, part), "kept_page": Kept(reader, page)}


def _drawn(_reader: tuple[object, ...], macro: Macro, *values: Any) -> Markup:
    return cast("Markup", macro(*values))


def _reader() -> tuple[object, ...]:
    """All that a page's look depends on beside what it says; days of other years are longer."""
    return language(), time_zone(), this_year(), request.script_root
