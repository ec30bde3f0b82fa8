"""Visits to one's own link on My shares: in bands, and exactly on request."""

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.links.models import ClickDay, Outcome
from advocacy.links.operations import link_for
from advocacy.shares.models import ShareState
from content.items import ItemKind
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item

S = ShareState


@pytest.fixture
def visited(session, me, keep):
    """A posted share whose own link was visited 31 times."""
    give(session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    story = make_item(session, ItemKind.LINK)
    link = link_for(session, story.id, story.link_address, me.id)
    day = now().date()
    session.add(ClickDay(code=link.code, day=day, outcome=Outcome.COUNTED, visits=31))
    session.add(ClickDay(code=link.code, day=day, outcome=Outcome.BOT, visits=400))
    return keep(S.PUBLISHED, item_id=story.id, link_code=link.code)


def test_visits_come_in_bands_and_exactly_on_request(reader, visited):
    said = words(reader.get("/shares"))
    assert "Link visits, automated ones filtered out" in said
    assert "20 to 49 visits" in said
    assert "31 visits" not in said
    assert "31 visits" in words(reader.get("/shares?visits=exact"))
    assert "31 visits" not in words(reader.get("/shares"))


def test_without_the_purpose_no_visits_are_shown(reader, session, me, visited):
    withdraw(session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now(), cascade=())
    session.commit()
    for address in ("/shares", "/shares?visits=exact"):
        said = words(reader.get(address))
        assert "visits" not in said


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        (0, "No visits yet"),
        (1, "1 to 4 visits"),
        (4, "1 to 4 visits"),
        (5, "5 to 19 visits"),
        (49, "20 to 49 visits"),
        (50, "50 or more visits"),
        (4321, "50 or more visits"),
    ],
)
def test_each_number_lies_in_its_band(app, visits, said):
    from advocacy.shares.figure_words import visits_in_words  # noqa: PLC0415

    with app.test_request_context():
        assert visits_in_words(visits, exact=False) == said
