"""The front page: what is offered now, set out, searched and filtered."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from content.items import ItemKind, ItemState
from integrations.clock import now
from tests.advocacy.library.pictures import add_picture
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item


@pytest.fixture
def shelf(session):
    """A pinned lead, one of this week, an old one, and one without a picture."""
    at = now()
    items = {
        "lead": make_item(session, title="The lead", pinned=True),
        "new": make_item(
            session, title="Of this week", offered_at=at - timedelta(days=1)
        ),
        "old": make_item(session, title="Of last year"),
    }
    for item in items.values():
        add_picture(session, item, copy_640="1" * 32 + ".webp")
    items["brief"] = make_item(session, title="Three sentences", language="nl")
    session.commit()
    return items


def test_an_empty_library_says_what_will_come(reader):
    page = reader.get("/")
    assert page.status_code == 200
    assert "The shelves are still empty" in words(page)


def test_items_are_set_out_as_lead_week_shelf_and_brief(reader, shelf):
    said = words(reader.get("/"))
    order = [
        "Pinned by the editors The lead",
        "This week Of this week",
        "Also on the shelf Of last year",
        "In brief Three sentences",
    ]
    places = [said.index(piece) for piece in order]
    assert places == sorted(places)


def test_every_text_says_its_language(reader, shelf):
    page = reader.get("/").get_data(as_text=True)
    assert '<h3 lang="nl"><a href="/items/' in page
    assert '<h2 lang="en"><a href="/items/' in page


def test_pictures_come_in_the_size_that_fits(reader, shelf):
    page = reader.get("/").get_data(as_text=True)
    assert "/640?v=11111111 640w" in page
    assert "/full?v=00000000 1600w" in page
    assert "/1280" not in page


def test_drafts_withdrawn_expired_and_coming_items_are_not_shown(reader, session):
    at = now()
    make_item(session, title="Draft", state=ItemState.DRAFT)
    make_item(session, title="Withdrawn", state=ItemState.WITHDRAWN)
    make_item(session, title="Expired", expires_at=at - timedelta(minutes=1))
    make_item(session, title="Coming", offered_at=at + timedelta(minutes=5))
    session.commit()
    said = words(reader.get("/"))
    for title in ("Draft", "Withdrawn", "Expired", "Coming"):
        assert title not in said


def test_an_item_to_read_only_says_so_on_the_shelf(reader, session):
    make_item(session, title="For us", read_only=True)
    session.commit()
    assert "read only" in words(reader.get("/"))


def test_a_topic_shows_its_own_items_and_is_marked(reader, story, session):
    make_item(session, title="About something else")
    session.commit()
    page = reader.get("/?topic=grid")
    assert story.title in words(page)
    assert "About something else" not in words(page)
    assert 'href="/?topic=grid" aria-current="true"' in page.get_data(as_text=True)
    assert "<h1>Room on the grid</h1>" in page.get_data(as_text=True)


def test_topics_are_named_in_the_language_of_the_page(reader, story):
    page = reader.get("/", headers={"Accept-Language": "nl"})
    assert "Ruimte op het net" in words(page)
    assert "Room on the grid" not in words(page)


def test_a_kind_shows_its_own_items(reader, story, session):
    make_item(session, title="A message")
    session.commit()
    said = words(reader.get("/?kind=link"))
    assert story.title in said
    assert "A message" not in said


def test_a_search_finds_words_and_keeps_them_in_the_box(reader, session):
    make_item(session, title="Heat pumps", search_text="heat pumps")
    make_item(session, title="Storks", search_text="storks")
    session.commit()
    page = reader.get("/?q=heat")
    assert "Heat pumps" in words(page)
    assert "Storks" not in words(page)
    assert 'value="heat"' in page.get_data(as_text=True)
    assert "Found for “heat”" in words(page)


def test_a_search_without_result_says_what_may_help(reader, shelf):
    said = words(reader.get("/?q=zzz%3Cb%3E"))
    assert "Nothing found for “zzz<b>”" in said
    assert "Show everything" in said


@pytest.mark.parametrize(
    "query", ["before=x", "kind=nonsense", "topic=%00", "q=%00", "before=9-9-9-9"]
)
def test_an_odd_address_still_gives_a_page(reader, shelf, query):
    assert reader.get(f"/?{query}").status_code == 200


def test_older_items_are_behind_a_link_and_none_is_shown_twice(reader, session):
    for number in range(30):
        make_item(
            session,
            title=f"Item {number:02}.",
            offered_at=now() - timedelta(days=40 + number),
        )
    session.commit()
    first = reader.get("/").get_data(as_text=True)
    assert first.count("<article") == 24
    assert "Item 23." in first
    assert "Item 24." not in first
    (link,) = [
        part.split('"')[0] for part in first.split('href="') if "before=" in part[:60]
    ]
    second = reader.get(link.replace("&amp;", "&")).get_data(as_text=True)
    assert second.count("<article") == 6
    assert "Item 24." in second
    assert "Older stories</a>" not in second


def test_the_list_takes_three_queries_however_many_items(
    reader, session, shelf, connection
):
    for number in range(20):
        add_picture(session, make_item(session, ItemKind.LINK, title=f"No. {number}"))
    session.commit()
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        if "item" in statement or "topic" in statement:
            asked.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    reader.get("/")
    event.remove(connection, "before_cursor_execute", note)
    assert 1 <= len(asked) <= 3


def test_there_is_one_h1_equal_to_the_title(reader, shelf):
    page = reader.get("/").get_data(as_text=True)
    assert page.count("<h1") == 1
    assert "<h1>Stories from our own work</h1>" in page
    assert "<title>Stories from our own work – Veenstroom Library</title>" in page
