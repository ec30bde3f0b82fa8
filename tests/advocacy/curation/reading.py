"""Reads a page as a browser does: what its form would send, and what is said beside fields."""

from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self.said: dict[str, str] = {}
        self.invalid: set[str] = set()
        self._box: str | None = None
        self._select: str | None = None
        self._error: str | None = None
        self._text = ""

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        name = named.get("name")
        if named.get("aria-invalid") == "true":
            self.invalid.add(named["id"])
        if tag == "input" and name:
            self._input(name, named)
        elif tag == "textarea":
            self._box, self._text = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in named and self._select:
            self.values.add(self._select, named["value"])
        elif tag == "p" and named.get("class") == "error" and "hidden" not in named:
            self._error, self._text = named["id"].removesuffix("-error"), ""

    def _input(self, name, named):
        kind = named.get("type", "text")
        if kind in ("radio", "checkbox") and "checked" not in named:
            return
        if kind not in ("file", "submit"):
            otherwise = "on" if kind == "checkbox" else ""
            self.values.add(name, named.get("value") or otherwise)

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._box:
            self.values.add(self._box, self._text)
            self._box = None
        elif tag == "select":
            self._select = None
        elif tag == "p" and self._error:
            self.said[self._error] = " ".join(self._text.split())
            self._error = None


def _read(answer) -> _Page:
    page = _Page()
    page.feed(answer.text)
    return page


def form_of(answer, **changes) -> dict[str, Any]:
    """What the form on the page would send, after these changes and no others."""
    values = _read(answer).values
    values.poplist("csrf_token")
    values.poplist("find")
    return dict(values.lists()) | changes


def errors_of(answer) -> dict[str, str]:
    """The sentences beside the fields, by field."""
    page = _read(answer)
    groups = {"kind", "wordings", "topics", "captions"}
    assert set(page.said) - groups <= page.invalid, "an error is not tied to its field"
    for field, sentence in page.said.items():
        assert f'<a href="#{field}">' in answer.text, (
            f"{field} is not in the list on top"
        )
        assert sentence
    return page.said
