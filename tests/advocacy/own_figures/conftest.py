"""Somebody who lets visits to their links be counted, and posts with such links."""

from datetime import timedelta

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.links.operations import link_for
from advocacy.shares.models import Share, ShareState, Way
from content.items import ItemKind
from integrations.clock import now
from tests.advocacy.links.stored_visits import count_now
from tests.advocacy.shares.making import make_item, make_person


@pytest.fixture
def me(session):
    person = make_person(session)
    give(session, person, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    session.commit()
    return person


@pytest.fixture
def reader(browser_of, me):
    return browser_of(me)


@pytest.fixture
def post_of(session):
    """Keep a post as it is some days after; `visits` by days after it, or by outcome."""

    def keep(
        person, title="The cable", *, days_ago=0, visits=(), linked=True, **values
    ):
        at = now() - timedelta(days=days_ago)
        item = make_item(session, ItemKind.LINK)
        item.title = title
        code = None
        if linked:
            code = link_for(session, item.id, item.link_address, person.id).code
            rows = [
                (code, at.date() + timedelta(days=after), outcome, number)
                for after, outcome, number in visits
            ]
            count_now(session, rows)
        given = {
            "state": ShareState.PUBLISHED,
            "way": Way.ACCOUNT,
            "text": "I was there.",
            "confirmation": "0" * 64,
            "due_at": at,
            "target_day": at.date(),
            "next_at": at,
            "posted_at": at,
            "consent_epoch": 1,
            "content_epoch": 1,
        }
        share = Share(person_id=person.id, item_id=item.id, link_code=code)
        for name, value in (given | values).items():
            setattr(share, name, value)
        session.add(share)
        session.commit()
        return share

    return keep


@pytest.fixture
def mine(post_of, me):
    def keep(title="The cable", **values):
        return post_of(me, title, **values)

    return keep
