"""Templates: each compiles, none has a bare sentence, an inline style or an inline script."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.nodes import TemplateData

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
# The sandbox is no page of the service: it speaks English to developers.
OURS = [name for name in TEMPLATES if not name.startswith("sandbox/")]
ENVIRONMENT = Environment(
    loader=FileSystemLoader(ROOT), extensions=["jinja2.ext.i18n"], autoescape=True
)
# The service's own filters (advocacy/web/formats.py); here only their names matter.
for name in ("begun", "day", "day_and_year", "fixed", "month", "number", "time"):
    ENVIRONMENT.filters[name] = str
for name in ("weekday_and_time", "within_quotes"):
    ENVIRONMENT.filters[name] = str
# Words that need no translation: names, units and signs.
SAME_IN_BOTH = {"LinkedIn", "LinkedIn…", "CSV"}


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        words = re.sub(r"[^\w…]+", " ", data).strip()
        if re.search(r"[A-Za-zÀ-ÿ]{2}", words) and words not in SAME_IN_BOTH:
            self.found.append(words)


def _source(name):
    return (ROOT / name).read_text()


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(name):
    ENVIRONMENT.compile(_source(name))


@pytest.mark.parametrize("name", OURS)
def test_it_holds_no_bare_words(name):
    """Every word a person sees goes through `_()`, so that it can be said in Dutch."""
    # What goes into the class of <main> is no sentence.
    source = re.sub(r"{% block main_class %}.*?{% endblock %}", "", _source(name))
    tree = ENVIRONMENT.parse(source)
    data = "\x00".join(node.data for node in tree.find_all(TemplateData))
    # A name's place in the masthead, which is filled in by each page.
    data = re.sub(r"%\(\w+\)s", " ", data)
    # Between two pieces stands an expression; a tag may be cut by it, so drop what is inside tags.
    flat = re.sub(r"<[^>]*>", " ", data.replace("\x00", ""))
    flat = re.sub(r'\s[a-z-]+="[^"<>]*"?', " ", flat)
    parser = _Words()
    parser.feed(flat)
    assert parser.found == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_has_no_inline_style_script_or_handler(name):
    source = _source(name)
    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"\son[a-z]+=", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert "|safe" not in source
    assert "javascript:" not in source


@pytest.mark.parametrize("name", OURS)
def test_every_form_that_changes_something_carries_its_token(name):
    for form in re.findall(r"<form\b.*?</form>", _source(name), re.DOTALL):
        if 'method="post"' in form:
            assert "csrf" in form, form[:120]


def test_no_python_file_marks_text_as_safe_html():
    root = ROOT.parent
    for package in ("advocacy", "content", "integrations"):
        for path in (root / package).rglob("*.py"):
            if "reach/chart" in path.as_posix():
                continue  # draws its own SVG from numbers
            assert "Markup(" not in path.read_text(), path


@pytest.mark.parametrize("name", [one for one in TEMPLATES if "<table" in _source(one)])
def test_every_table_scrolls_in_a_named_place_of_its_own(name):
    """On a narrow screen, with keys too; `.table-room` shades the side that goes on."""
    before = re.findall(r"(<div[^>]*>)\s*<table", _source(name))
    assert len(before) == _source(name).count("<table")
    for place in before:
        assert re.search(r'class="table-room[ "]', place)
        assert 'tabindex="0" role="region" aria-label' in place
