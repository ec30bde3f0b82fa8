"""A document: read first, then shared as it is."""

from io import BytesIO

import pytest

from content.items import ItemKind
from content.uploads import Upload, add_document
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item
from tests.content.samples import pdf


@pytest.fixture
def plan(app, session):
    files = app.extensions["advocacy"].outside.files
    item = make_item(session, ItemKind.DOCUMENT, title="The plan for 2030")
    sent = Upload("<Plan>.pdf", BytesIO(pdf(12)))
    add_document(session, files, sent).item_id = item.id
    session.commit()
    return item


@pytest.fixture
def desk(reader, plan):
    return Desk(reader, plan)


def test_people_read_it_before_they_share_it(desk):
    said = words(desk.page)
    assert "Read it first: PDF, 0.1 MB" in said
    assert "12 pages" in said
    (link,) = {
        part.split('"')[0]
        for part in desk.page.text.split('href="')
        if part.startswith("/media/")
    }
    with desk.browser.get(link) as answer:
        assert answer.data == pdf(12)
    assert answer.mimetype == "application/pdf"
    # Never opened inside our pages, and never under a name somebody typed.
    way = 'attachment; filename="document.pdf"'
    assert answer.headers["Content-Disposition"] == way
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_preview_shows_its_first_page_its_title_and_how_long_it_is(desk):
    page = desk.press("share", text="I work at Veenstroom. Read this.")
    said = words(page)
    assert "Is this what you want to post?" in said
    assert "PDF, 12 pages" in said
    assert 'alt="First page of “The plan for 2030”"' in page.text


def test_whoever_pastes_takes_it_along(desk):
    page = desk.press("copy", text="I work at Veenstroom.", follow=True)
    assert "Take the document along" in words(page)


def test_the_shelf_shows_its_first_page(desk):
    page = desk.browser.get("/?kind=document")
    assert "The plan for 2030" in words(page)
    assert "12 pages" in words(page)
    assert "/poster" in page.text
