"""The list, the look at an item, its withdrawal, and who may do all that."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from advocacy.shares.models import Share, ShareState, Way
from advocacy.shares.reasons import Reason
from content.items import Item, ItemState
from integrations.clock import clock_at
from tests.advocacy.curation.conftest import filled
from tests.advocacy.curation.reading import errors_of, form_of

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
MONTH = timedelta(days=31)


def make(editor, session, at=AT, **others):
    with clock_at(at):
        assert editor.post("/curate/new", data=filled(**others)).status_code == 302
    title = others.get("title", filled()["title"])
    session.expire_all()
    return session.scalars(select(Item).where(Item.title == title)).one()


def at_time(moment, ask, *given, **named):
    with clock_at(moment):
        return ask(*given, **named)


def test_the_first_day_explains_what_will_come(editor):
    page = editor.get("/curate").text
    assert "The shelves are still empty" in page
    assert "In the library</h2>" not in page


def test_each_item_stands_where_it_is_on_its_way(editor, session):
    make(editor, session, title="Now")
    make(editor, session, title="Soon", appears="2026-11-23T07:30")
    make(editor, session, title="Sketch", why="", do="draft")
    make(editor, session, title="Past", leaves="2026-11-19")
    page = at_time(AT + timedelta(days=1), editor.get, "/curate").text
    coming, rest = page.split("In the library</h2>")
    offered, gone = rest.split("Left the library</h2>")
    assert [name in coming for name in ("Soon", "Sketch", "Now", "Past")] == [
        True,
        True,
        False,
        False,
    ]
    assert "Now" in offered
    assert "Past" in gone
    assert "1 thing still open" in coming
    assert "its time was over on 19 November" in gone
    assert "1 item in the library, 2 on their way." in page


def test_items_are_found_by_title_or_topic(editor, session):
    make(editor, session, title="Forty sheep", topic=["nature"])
    make(editor, session, title="Tower 41")
    found = at_time(AT, editor.get, "/curate?find=natuur").text
    assert "Forty sheep" in found
    assert "Tower 41" not in found
    nothing = at_time(AT, editor.get, "/curate?find=<zzz>").text
    assert "Nothing found for “&lt;zzz&gt;”" in nothing


def test_the_archive_has_pages(editor, session):
    for number in range(27):
        session.add(
            Item(
                kind="message",
                state="published",
                title=f"Old {number:02}",
                why="x",
                language="en",
                offered_at=AT - 2 * MONTH,
                expires_at=AT - MONTH,
                updated_at=AT - timedelta(minutes=number),
            )
        )
    session.commit()
    first = at_time(AT, editor.get, "/curate").text
    second = at_time(AT, editor.get, "/curate?page=2").text
    assert "Old 24" in first
    assert "Old 25" not in first
    assert "Older ones" in first
    assert "Old 26" in second
    assert "Older ones" not in second
    assert editor.get("/curate?page=99999999999999999999").status_code == 200


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


def test_a_finished_draft_is_said_to_be_ready(editor, session):
    make(editor, session, do="draft")
    assert "ready to publish" in at_time(AT, editor.get, "/curate").text


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


def planned_share(session, person, item):
    share = Share(
        person_id=person.id,
        item_id=item.id,
        way=Way.ACCOUNT,
        state=ShareState.SCHEDULED,
        text="My own words.",
        confirmation="x",
        due_at=AT + MONTH,
        next_at=AT + MONTH,
        target_day=(AT + MONTH).date(),
        consent_epoch=1,
        content_epoch=item.epoch,
    )
    session.add(share)
    session.commit()
    return share


def test_withdrawing_asks_first_and_then_cancels_what_waits(
    editor, session, ivo, as_colleague
):
    item = make(editor, session)
    share = planned_share(session, ivo, item)
    address = f"/curate/{item.id}/withdraw"
    question = editor.get(address)
    assert "<h1>Withdraw this item?</h1>" in question.text
    assert "My own words" not in question.text
    assert "Ivo" not in question.text

    answer = editor.post(address, data={"reason": "The figures were wrong."})

    assert answer.location == "/curate"
    session.expire_all()
    assert item.state is ItemState.WITHDRAWN
    assert item.withdrawn_reason == "The figures were wrong."
    assert (share.state, share.reason) == (ShareState.CANCELLED, Reason.ITEM_WITHDRAWN)
    colleague = as_colleague()
    assert at_time(AT, colleague.get, f"/items/{item.id}").status_code == 404
    # Whoever planned it reads why; nobody else finds it anywhere.
    assert "The figures were wrong." in at_time(AT, colleague.get, "/shares").text
    assert "The figures were wrong." not in editor.get("/shares").text
    assert "withdrawn on" in editor.get("/curate").text
    assert editor.post(address, data={"reason": "Again."}).status_code == 302
    session.expire_all()
    assert item.withdrawn_reason == "The figures were wrong."


@pytest.mark.parametrize("reason", ["", "  ", "a" * 301])
def test_withdrawing_without_a_reason_is_refused(editor, session, reason):
    item = make(editor, session)
    answer = editor.post(f"/curate/{item.id}/withdraw", data={"reason": reason})
    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"reason"}
    assert form_of(answer)["reason"] == [reason.strip()]
    session.expire_all()
    assert item.state is ItemState.PUBLISHED


def test_a_withdrawn_item_can_come_back(editor, session):
    item = make(editor, session)
    editor.post(f"/curate/{item.id}/withdraw", data={"reason": "A mistake in it."})
    look = editor.get(f"/curate/{item.id}/as-employees").text
    assert "It was withdrawn: nobody but editors sees it any more." in look
    form = editor.get(f"/curate/{item.id}")
    assert "Withdrawn. Publishing brings it back into the library." in form.text
    later = AT + timedelta(days=2)
    with clock_at(later):
        editor.post(f"/curate/{item.id}", data=form_of(form, do="publish"))
    session.expire_all()
    assert item.state is ItemState.PUBLISHED
    assert item.offered_at == later


def test_a_draft_has_nothing_to_withdraw(editor, session):
    item = make(editor, session, do="draft")
    assert editor.get(f"/curate/{item.id}/withdraw").status_code == 404


ADDRESSES = [
    ("GET", "/curate"),
    ("GET", "/curate/new"),
    ("POST", "/curate/new"),
    ("GET", "/curate/1"),
    ("POST", "/curate/1"),
    ("GET", "/curate/1/as-employees"),
    ("GET", "/curate/1/withdraw"),
    ("POST", "/curate/1/withdraw"),
    ("POST", "/curate/upload"),
    ("POST", "/curate/proof"),
]


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_a_colleague_without_the_role_is_told_so(as_colleague, method, address):
    answer = as_colleague().open(address, method=method)
    assert answer.status_code == 403
    assert "This page is for colleagues with another role." in answer.text


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_an_item_that_is_not_there_is_not_there(editor, method, address):
    if "/1" in address:
        answer = editor.open(
            address.replace("/1", "/99"),
            method=method,
            data=filled(reason="It is gone.") if method == "POST" else None,
        )
        assert answer.status_code == 404


def test_no_page_names_whoever_wrote_or_shares(editor, session, ivo):
    item = make(editor, session)
    planned_share(session, ivo, item)
    for address in ("/curate", f"/curate/{item.id}", f"/curate/{item.id}/withdraw"):
        page = at_time(AT, editor.get, address).text
        page = page.replace("Femke Noordhof", "", 1)  # one's own name in the masthead
        assert "Femke" not in page
        assert "Ivo" not in page
