"""The list of items, and who may see it and what it leads to."""

import re
from datetime import timedelta

import pytest

from content.items import Item
from tests.advocacy.curation.conftest import filled
from tests.advocacy.curation.making import AT, MONTH, at_time, make, planned_share


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
    (place,) = re.findall(r'href="/curate\?before=([\d-]+)#gone"', first)
    second = at_time(AT, editor.get, f"/curate?before={place}").text
    assert "Old 24" in first
    assert "Old 25" not in first
    assert "Older ones" in first
    assert "The latest ones" not in first
    assert "Old 24" not in second
    assert "Old 25" in second
    assert "Old 26" in second
    assert "The latest ones" in second
    assert "Older ones" not in second
    assert editor.get("/curate?before=99999999999999999999-1").status_code == 200


def test_a_finished_draft_is_said_to_be_ready(editor, session):
    make(editor, session, do="draft")
    assert "ready to publish" in at_time(AT, editor.get, "/curate").text


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
