"""The page with organisations that people may mention."""

import pytest

from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from content.mentioning import all_mentions
from tests.advocacy.curation.reading import errors_of, form_of
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import connect_account, make_item, make_person, queue

PAGE = "/curate/organisations"


def stored(session):
    session.expire_all()
    return [(row.name, row.network_id) for row in all_mentions(session)]


def test_an_organisation_is_added_changed_and_removed(editor, session):
    assert "Nobody yet." in editor.get(PAGE).text
    typed = {"name": "Netkade", "number": "linkedin.com/company/4242", "do": "keep"}
    assert editor.post(PAGE, data=typed).location == PAGE
    assert stored(session) == [("Netkade", "4242")]

    (row,) = all_mentions(session)
    page = editor.get(f"{PAGE}?change={row.id}")
    assert 'value="Netkade"' in page.text
    typed = {"id": row.id, "name": "Netkade NL", "number": "4242", "do": "keep"}
    assert editor.post(PAGE, data=typed, follow_redirects=True).status_code == 200
    assert stored(session) == [("Netkade NL", "4242")]

    editor.post(PAGE, data={"id": row.id, "do": "remove"})
    assert stored(session) == []


def test_what_is_refused_keeps_every_value(editor, session):
    answer = editor.post(
        PAGE, data={"name": "", "number": "linkedin.com/company/netkade", "do": "keep"}
    )
    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"name", "number"}
    assert form_of(answer)["number"] == ["linkedin.com/company/netkade"]
    assert stored(session) == []


def test_an_id_that_is_none_adds_nothing_strange(editor, session):
    for sent in ("-1", "abc", "9" * 30, "999999999"):
        editor.post(PAGE, data={"id": sent, "do": "remove"})
        editor.post(PAGE, data={"id": sent, "name": f"A{sent}"[:90], "number": "1"})
    assert len(stored(session)) == 4


def test_only_editors_have_this_page(as_colleague, session):
    colleague = as_colleague()
    assert colleague.get(PAGE).status_code in {403, 404}
    answer = colleague.post(PAGE, data={"name": "A", "number": "1", "do": "keep"})
    assert answer.status_code in {403, 404}
    assert stored(session) == []


@pytest.fixture
def planned(session):
    """A colleague's post that names somebody who is not on the list yet."""
    person = make_person(session)
    connect_account(session, person)
    share = queue(session, person, make_item(session), "With @Netkade, at last.")
    session.commit()
    return share


def test_what_a_change_does_to_planned_posts_is_said_before_and_never_counted(
    editor, session, planned
):
    typed = {"name": "Netkade", "number": "4242", "do": "keep"}
    page = words(editor.get(PAGE))
    assert "will be stopped, and their owners told: what leaves" in page
    told = words(editor.post(PAGE, data=typed, follow_redirects=True))

    session.refresh(planned)
    assert planned.state is ShareState.CANCELLED
    assert planned.reason == Reason.MENTION_CHANGED
    assert "Kept. Colleagues can write @Netkade." in told
    assert "planned posts that mention it will be stopped, and their" in told
    assert not set("0123456789") & set(told.replace("4242", "").replace("12345678", ""))


def test_removing_one_stops_what_mentions_it(editor, session, planned):
    editor.post(PAGE, data={"name": "Nobody", "number": "1", "do": "keep"})
    (row,) = all_mentions(session)

    editor.post(PAGE, data={"id": row.id, "do": "remove"})
    session.refresh(planned)
    assert planned.state is ShareState.SCHEDULED

    editor.post(PAGE, data={"name": "Netkade", "number": "1", "do": "keep"})
    session.refresh(planned)
    assert planned.state is ShareState.CANCELLED
