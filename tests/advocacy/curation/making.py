"""Items made through the form, shares of them, and the days on which that was."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from advocacy.shares.models import Share, ShareState, Way
from content.items import Item
from integrations.clock import clock_at
from tests.advocacy.curation.conftest import filled

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
MONTH = timedelta(days=31)


def make(editor, session, at=AT, **others):
    """Send the form at that time, filled in as in `filled`; the item it made."""
    with clock_at(at):
        assert editor.post("/curate/new", data=filled(**others)).status_code == 302
    title = others.get("title", filled()["title"])
    session.expire_all()
    return session.scalars(select(Item).where(Item.title == title)).one()


def at_time(moment, ask, *given, **named):
    """What `ask` answers at that moment."""
    with clock_at(moment):
        return ask(*given, **named)


def planned_share(session, person, item):
    """It is to leave in a month."""
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
