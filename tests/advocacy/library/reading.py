"""Reading a page as a browser does: its forms with their values, and its words."""

from html.parser import HTMLParser

VOID = {"input", "img", "br", "meta", "link", "source", "track", "use", "path"}


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms = []
        self.words = []
        self._box = None
        self._select = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif tag == "input" and given.get("name"):
            chosen = given.get("type") != "radio" or "checked" in given
            if self.forms and chosen:
                self.forms[-1][1][given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._box = (given.get("name", ""), [])
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1][1][self._select] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea" and self._box:
            name, pieces = self._box
            if self.forms:
                self.forms[-1][1][name] = "".join(pieces)
            self._box = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._box:
            self._box[1].append(data)
        elif data.strip():
            self.words.append(" ".join(data.split()))


def fields(answer, action):
    """The values of the form whose address ends in `action`."""
    found = form_on(answer, action)
    assert found, f"no form to {action}"
    return found


def form_on(answer, action):
    """The same; empty where there is no such form."""
    parser = _Forms()
    parser.feed(answer.get_data(as_text=True))
    found = [values for address, values in parser.forms if address.endswith(action)]
    return found[0] if found else {}


def words(answer):
    """Everything the page says, on one line."""
    parser = _Forms()
    parser.feed(answer.get_data(as_text=True))
    return " ".join(parser.words)
