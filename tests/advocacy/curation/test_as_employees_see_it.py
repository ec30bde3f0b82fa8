"""The look at an item as colleagues have it, and where the item stands."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from content.items import Item, ItemState
from tests.advocacy.curation.conftest import filled
from tests.advocacy.curation.making import AT, at_time, make
from tests.advocacy.curation.reading import form_of


class _Text(HTMLParser):
    """What `main` says, without the notice above it."""

    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words += data.split()


def said(page):
    text = _Text()
    start = page.index('<div class="item-head')
    text.feed(page[start : page.index("</main>")])
    return text.words


@pytest.mark.parametrize("read_only", [False, True])
def test_editors_see_exactly_the_page_that_colleagues_see(
    editor, session, as_colleague, read_only
):
    item = make(editor, session, **({"read_only": "on"} if read_only else {}))
    mine = at_time(AT, editor.get, f"/curate/{item.id}/as-employees").text
    theirs = at_time(AT, as_colleague().get, f"/items/{item.id}").text
    # The name in the preview is the reader's own.
    shown = [w for w in said(mine) if w not in ("Femke", "Noordhof", "FN")]
    assert shown == [w for w in said(theirs) if w not in ("Ivo", "Terpstra", "IT")]
    assert "This is what colleagues see." in mine
    assert '<fieldset class="look-only" disabled>' in mine
    assert "composer.js" not in mine


WHERE_IT_STANDS = [
    ({}, 0, "In the library since 19 November.", "It is in the library now."),
    (
        {"appears": "2026-12-01T07:30"},
        0,
        "Planned for Tuesday 1 December at 07:30.",
        "It appears on Tuesday 1 December at 07:30.",
    ),
    (
        {"leaves": "2026-11-19"},
        1,
        "Left the library after 19 November.",
        "It left the library on 19 November.",
    ),
    ({"do": "draft"}, 0, "A draft.", "It is a draft: nobody but editors sees it yet."),
]


@pytest.mark.parametrize("case", WHERE_IT_STANDS)
def test_both_pages_say_where_the_item_stands(editor, session, case):
    wish, days, on_form, on_look = case
    item = make(editor, session, **wish)
    moment = AT + timedelta(days=days)
    assert on_form in at_time(moment, editor.get, f"/curate/{item.id}").text
    look = at_time(moment, editor.get, f"/curate/{item.id}/as-employees").text
    assert on_look in look


def test_an_emptied_day_leaves_a_published_item_where_it_is(editor, session):
    item = make(editor, session, appears="2026-12-01T07:30")
    address, later = f"/curate/{item.id}", AT + timedelta(days=20)
    for moment, day in ((AT, AT), (later, AT)):
        form = at_time(moment, editor.get, address)
        sent = form_of(form, appears="", do="publish")
        assert at_time(moment, editor.post, address, data=sent).status_code == 302
        session.expire_all()
        assert item.offered_at == day


def test_seeing_a_new_item_keeps_it_as_a_draft(editor, session):
    answer = editor.post("/curate/new", data=filled(do="see"))
    item = session.scalars(select(Item)).one()
    assert answer.location == f"/curate/{item.id}/as-employees"
    assert item.state is ItemState.DRAFT
    page = editor.get(answer.location).text
    assert "It is a draft: nobody but editors sees it yet." in page
