"""What changed while somebody was writing is said, and the text stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from content.items import ItemState
from integrations.clock import now
from tests.advocacy.library.desk import TEXT, refused
from tests.advocacy.library.reading import fields, words


@pytest.mark.parametrize("do", ["share", "copy", "posted", "confirm"])
@pytest.mark.parametrize("epoch", [None, "", "-1", "abc", "9" * 30, "١", "1.0", " 1"])
def test_a_version_of_the_story_that_nobody_read_is_looked_at_once_more(
    desk, stored, do, epoch
):
    sent = fields(desk.press("share", text=TEXT), desk.action)
    del sent["epoch"]
    version = {} if epoch is None else {"epoch": epoch}
    typed = sent | {"do": do, "live": "yes"} | version
    answer = desk.browser.post(desk.action, data=typed)
    kept = refused(desk, answer, "send", "The editors changed this story")
    assert kept["text"].replace("\r\n", "\n") == TEXT
    assert stored() == []


@pytest.mark.parametrize(
    "values",
    [
        {"state": ItemState.WITHDRAWN},
        {"expires_at": now() - timedelta(seconds=1)},
        {"read_only": True},
    ],
)
def test_an_item_that_left_while_composing_leaves_the_text(
    desk, stored, session, story, values
):
    for name, value in values.items():
        setattr(story, name, value)
    session.commit()
    sent = fields(desk.page, desk.action) | {"text": TEXT, "live": "yes"}
    for do in ("share", "copy", "confirm", "posted", "preview"):
        page = desk.browser.post(desk.action, data=sent | {"do": do})
        assert page.status_code == 422
        assert "This story has left the library" in words(page)
        assert "Copy my text" in words(page)
        assert "Nobody cheered." in page.get_data(as_text=True)
    assert stored() == []


def test_a_story_that_changed_meanwhile_is_looked_at_once_more(
    desk, stored, session, story
):
    story.epoch += 1
    session.commit()
    answer = desk.share(TEXT)
    refused(desk, answer, "send", "The editors changed this story")
    assert stored() == []
    assert desk.share(TEXT).status_code == 302


def test_a_purpose_that_was_turned_off_meanwhile_stops_it(desk, stored, session, me):
    withdraw(session, me, Purpose.POST_FOR_ME, "en", "a test", now(), cascade=())
    session.commit()
    refused(desk, desk.share(TEXT), "send", "“Post for me” is off")
    assert stored() == []


def test_an_account_that_is_gone_or_refused_stops_it(desk, stored, session, me):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.refused_at = now()
    session.commit()
    refused(desk, desk.share(TEXT), "send", "no longer accepts the connection")
    session.delete(account)
    session.commit()
    refused(desk, desk.share(TEXT), "send", "No LinkedIn account is connected")
    assert stored() == []
