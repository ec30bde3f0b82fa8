"""Somebody in a browser, with shares that went some way already."""

import pytest

from advocacy.shares.models import Share, Way
from integrations.clock import now
from tests.advocacy.shares.making import connect_account, make_person


@pytest.fixture
def me(session):
    person = make_person(session)
    connect_account(session, person)
    session.commit()
    return person


@pytest.fixture
def reader(browser_of, me):
    return browser_of(me)


@pytest.fixture
def keep(session, me, item):
    """Put a share of mine on the list as it would be after some way through life."""

    def store(state, **values):
        at = values.pop("at", now())
        given = {
            "item_id": item.id,
            "way": Way.ACCOUNT,
            "text": "I was there.",
            "confirmation": "0" * 64,
            "due_at": at,
            "target_day": at.date(),
            "next_at": at,
            "time_zone": "Europe/Amsterdam",
            "consent_epoch": 1,
            "content_epoch": 1,
        }
        share = Share(person_id=me.id, state=state, **(given | values))
        session.add(share)
        session.commit()
        return share

    return store
