"""Changing the language in the middle of the item's form: nothing typed is lost."""

import pytest
from sqlalchemy import select

from advocacy.people.models import Person
from content.items import Item, ItemState
from content.media import Media
from tests.advocacy.curation.conftest import filled, picture_file
from tests.advocacy.curation.reading import form_of

HALF = {
    "title": "Half a title",
    "why": "",
    "appears": "not a day",
    "kind": "pictures",
    "wording": ["One.\n\nTwo.", "", "Drie?"],
}


def in_dutch(editor, address="/curate/new", **typed):
    """The press of the menu's button: the form's own buttons are not sent."""
    form = filled(**typed) | {"page_language": "nl"}
    form.pop("do")
    return editor.post(address, data=form)


def test_the_answer_is_the_form_in_the_other_language_with_everything_typed(
    editor, session, femke
):
    answer = in_dutch(editor, **HALF)
    assert answer.status_code == 200
    assert '<html lang="nl"' in answer.text
    kept = form_of(answer)
    for field, typed in filled(**HALF).items():
        sent = typed if isinstance(typed, list) else [typed]
        assert field == "do" or kept[field] == sent, field
    session.refresh(femke)
    assert femke.language == "nl"
    assert '<html lang="nl"' in editor.get("/curate").text
    assert session.scalars(select(Item)).all() == []


def test_a_file_that_was_chosen_is_kept_too(editor, session):
    answer = in_dutch(editor, picture=picture_file())
    (stored,) = session.scalars(select(Media.public_id))
    assert form_of(answer)["media"] == [stored]


def test_an_item_that_is_there_is_not_changed_by_it(editor, session):
    editor.post("/curate/new", data=filled())
    (item,) = session.scalars(select(Item))
    answer = in_dutch(editor, f"/curate/{item.id}", title="Other words")
    assert form_of(answer)["title"] == ["Other words"]
    session.refresh(item)
    assert item.title == filled()["title"]


def test_the_menu_sends_the_form_along_and_enter_does_not(editor):
    """Enter presses the first button of a form, wherever on the page it stands."""
    page = editor.get("/curate/new").text
    look = page.index('form="item-form" name="do" value="look"')
    speak = page.index('form="item-form" formnovalidate name="page_language"')
    assert look < speak < page.index('id="item-form"')
    assert 'action="/language"' not in page


def test_after_a_refusal_the_language_can_be_changed_as_well(editor):
    answer = editor.post("/curate/new", data=filled(title=""))
    assert answer.status_code == 422
    assert 'name="page_language" value="nl"' in answer.text


@pytest.mark.parametrize("chosen", ["", "fr", "../../etc/passwd"])
def test_a_language_that_is_none_of_ours_changes_nothing(editor, session, chosen):
    form = filled(page_language=chosen, do="look")
    assert '<html lang="en"' in editor.post("/curate/new", data=form).text
    assert session.scalars(select(Person.language)).all() == [None]


def test_a_reason_half_written_is_kept_and_nothing_is_withdrawn_by_it(editor, session):
    editor.post("/curate/new", data=filled())
    (item,) = session.scalars(select(Item))
    address = f"/curate/{item.id}/withdraw"
    assert 'form="withdraw" formnovalidate' in editor.get(address).text
    for button in ({"page_language": "nl"}, {"do": "look"}):
        answer = editor.post(address, data={"reason": "The date was"} | button)
        assert form_of(answer)["reason"] == ["The date was"]
    assert '<html lang="nl"' in answer.text
    session.refresh(item)
    assert item.state is ItemState.PUBLISHED
