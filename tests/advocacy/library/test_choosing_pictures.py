"""The picture that goes along: one of the story's own, or none where that may be."""

from content.items import ItemKind
from tests.advocacy.library.desk import TEXT, Desk, refused
from tests.advocacy.library.pictures import add_picture
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import make_item


def test_a_picture_of_another_item_is_refused(desk, stored, session, story):
    add_picture(session, story)
    add_picture(session, story, alt="Another")
    session.commit()
    desk.open()
    refused(desk, desk.share(TEXT, picture="nobodys"), "pictures", "Choose another.")
    assert stored() == []


def test_another_picture_goes_along_when_chosen(desk, stored, session, story):
    add_picture(session, story)
    other = add_picture(session, story, position=1)
    session.commit()
    desk.open()
    desk.share(TEXT, picture=other.public_id)
    assert stored()[0].media_id == other.id


def test_a_card_can_do_without_a_picture(desk, stored, session, story):
    add_picture(session, story)
    session.commit()
    desk.open()
    assert "No picture" in words(desk.page)
    page = desk.press("share", text=TEXT, picture="none")
    assert "/media/" not in page.get_data(as_text=True)
    sent = fields(page, desk.action)
    desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert stored()[0].media_id is None


def test_a_picture_item_cannot_do_without_its_picture(reader, stored, session):
    item = make_item(session, ItemKind.PICTURES)
    add_picture(session, item)
    session.commit()
    desk = Desk(reader, item)
    assert "No picture" not in words(desk.page)
    answer = desk.share(TEXT, picture="none")
    assert answer.status_code == 422
    assert "Choose another." in words(answer)
    assert stored() == []
