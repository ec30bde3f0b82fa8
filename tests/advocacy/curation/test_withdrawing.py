"""Withdrawing an item: asked first, with a reason, and it can come back."""

from datetime import timedelta

import pytest

from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from content.items import ItemState
from integrations.clock import clock_at
from tests.advocacy.curation.making import AT, at_time, make, planned_share
from tests.advocacy.curation.reading import errors_of, form_of


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
