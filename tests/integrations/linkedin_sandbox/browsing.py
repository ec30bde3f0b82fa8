"""Forms of a page filled in and sent as a browser does it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

BROWSER = {"Accept": "text/html,*/*"}


@dataclass
class Form:
    """Where it leads, what its fields hold, and which choices its lists offer."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    # Where each button leads, by its words.
    buttons: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._list = ""
        self._option: dict[str, str | None] | None = None
        self._button: dict[str, str | None] | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(Form(given["action"] or ""))
        elif tag == "input" and self.forms and given.get("name"):
            self._input(self.forms[-1], given)
        elif tag == "select":
            self._list = given["name"] or ""
        elif tag == "option":
            self._option, self._words = given, ""
        elif tag == "button":
            self._button, self._words = given, ""

    def _input(self, form: Form, given: dict[str, str | None]) -> None:
        name, value = given["name"] or "", given.get("value") or ""
        if given.get("type") == "radio":
            form.choices.setdefault(name, []).append(value)
            if "checked" not in given:
                return
        form.fields[name] = value

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        words = self._words.strip()
        if tag == "option" and self._option is not None:
            form, value = self.forms[-1], self._option.get("value")
            value = words if value is None else value
            form.choices.setdefault(self._list, []).append(value)
            if "selected" in self._option or self._list not in form.fields:
                form.fields[self._list] = value
            self._option = None
        elif tag == "button" and self._button is not None:
            form = self.forms[-1]
            form.buttons[words] = self._button.get("formaction") or form.action
            self._button = None


def press(address: str, button: str, **typed: str) -> requests.Response:
    """Open a page, fill in the one form with this button, and press it.

    Fails where a field is not there or a list has no such choice.
    """
    parser = _Forms()
    parser.feed(requests.get(address, timeout=10).text)
    [form] = [one for one in parser.forms if button in one.buttons]
    for name, value in typed.items():
        assert name in form.fields, f"no field {name}"
        assert value in form.choices.get(name, [value]), f"{name} has no {value}"
    answer = requests.post(
        urljoin(address, form.buttons[button]),
        data=form.fields | typed,
        headers=BROWSER,
        timeout=10,
    )
    assert answer.ok, answer.text
    return answer
