"""LinkedIn's own look at a link, told to whoever is in doubt about the post with it."""

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.links.models import ClickDay, Outcome
from advocacy.links.operations import freeze_links, link_for
from advocacy.shares.models import ShareState
from content.items import ItemKind
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item, state_of

S = ShareState
HINT = "LinkedIn has fetched the link in it, as it does with posts that are there."


@pytest.fixture
def link(session, me):
    give(session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    story = make_item(session, ItemKind.LINK)
    return link_for(session, story.id, story.link_address, me.id)


@pytest.fixture
def visited(session, link):
    """Visited by LinkedIn's crawler, or as a test says."""

    def visit(outcome=Outcome.LINKEDIN):
        session.add(
            ClickDay(code=link.code, day=now().date(), outcome=outcome, visits=1)
        )
        session.commit()

    return visit


def test_the_owner_is_told_and_the_post_stays_in_doubt(
    reader, session, keep, link, visited
):
    share = keep(S.UNCERTAIN, item_id=link.item_id, link_code=link.code)
    assert HINT not in words(reader.get("/shares"))
    visited()
    assert HINT in words(reader.get("/shares"))
    assert state_of(session, share) is S.UNCERTAIN


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.LINKEDIN])
def test_nobody_elses_visit_is_a_hint(reader, keep, link, visited, outcome):
    keep(S.UNCERTAIN, item_id=link.item_id, link_code=link.code)
    visited(outcome)
    assert HINT not in words(reader.get("/shares"))


@pytest.mark.parametrize(
    ("state", "values"),
    [
        (S.PUBLISHED, {}),
        (S.FAILED, {"reason": "duplicate"}),
        (S.UNCERTAIN, {"network": "mastodon"}),
    ],
)
def test_where_there_is_no_doubt_or_another_network_nothing_is_said(
    reader, keep, link, visited, state, values
):
    keep(state, item_id=link.item_id, link_code=link.code, **values)
    visited()
    assert HINT not in words(reader.get("/shares"))


def test_after_the_count_was_turned_off_nothing_is_known(
    reader, session, me, keep, link, visited
):
    keep(S.UNCERTAIN, item_id=link.item_id, link_code=link.code)
    visited()
    cascade = (freeze_links,)
    withdraw(
        session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now(), cascade=cascade
    )
    session.commit()
    assert HINT not in words(reader.get("/shares"))
