"""Somebody in a browser, with shares that went some way already."""

from html import unescape
from zoneinfo import ZoneInfo

import pytest
import requests

from advocacy.accounts.queries import account_of
from advocacy.shares.models import Share, Way
from advocacy.shares.publishing import publish_share
from integrations.clock import now
from tests.advocacy.shares.making import (
    attempts,
    connect_account,
    make_person,
    queue_due,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


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


@pytest.fixture
def known(me, session, sandbox):
    """My account is one that the pretend network knows."""
    session.delete(account_of(session, me.id, "linkedin"))
    session.flush()
    connect_account(session, me, sandbox.access_for(me.email))
    session.commit()
    return me


@pytest.fixture
def post(session, known, item, station):
    """Let a worker post a share of mine that is due."""

    def go(text="I was there.", what=None, by=station):
        share = queue_due(session, known, what or item, text)
        session.commit()
        publish_share(share.id, by)
        session.refresh(share)
        return share

    return go


@pytest.fixture
def reads(reader):
    """What stands about one share on the page of its owner."""

    def read(share, language="en"):
        page = unescape(
            reader.get("/shares", headers={"Accept-Language": language}).text
        )
        return page.partition(f'id="share-{share.public_id}"')[2].partition("</li>")[0]

    return read


@pytest.fixture
def is_told(session, reads):
    """Whether a share is in that state, and its page says so with the time."""

    def check(share, told):
        assert share.state is told.state
        of = attempts(session, share)[-1] if told.moment == "armed_at" else share
        moment = getattr(of, told.moment).astimezone(AMSTERDAM)
        for language, clock in (("en", "%H:%M"), ("nl", "%H.%M")):
            said = reads(share, language)
            wanted = (*getattr(told, language), f"{moment:{clock}}", share.text)
            assert [each for each in wanted if each not in said] == []

    return check


@pytest.fixture
def set_at(sandbox):
    """Set how the pretend network behaves, as on its own page; undone afterwards."""
    address = f"{sandbox.address}/sandbox/settings"
    before = requests.get(address, timeout=10).json()

    def behave(**values):
        assert requests.post(address, json=values, timeout=10).ok

    yield behave
    behave(**before)
