"""What turning “Post for me” off leaves on LinkedIn, and what may be there."""

import re
from datetime import timedelta

import pytest

from advocacy.shares.models import ShareState
from advocacy.shares.queries import posts_left
from advocacy.shares.reasons import Reason
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_person

S = ShareState
ADDRESS = "http://linkedin.test/feed/update/urn:li:share:7/"
MAY_BE = "These may be on LinkedIn: we could not see whether they arrived."
STAY = "These posts stay on LinkedIn."


@pytest.fixture
def withdrawn(reader):
    def press():
        sent = {"answer": "off"}
        return words(reader.post("/consent/p1", data=sent, follow_redirects=True))

    return press


def test_a_post_in_doubt_is_listed_as_one_that_may_be_there(keep, item, withdrawn):
    keep(S.UNCERTAIN, reason=Reason.NO_ANSWER)
    said = withdrawn()
    assert MAY_BE in said
    assert STAY not in said
    assert item.title in said.partition(MAY_BE)[2]


def test_a_post_that_is_there_is_listed_as_before(keep, item, withdrawn):
    keep(S.PUBLISHED, post_address=ADDRESS)
    said = withdrawn()
    assert STAY in said
    assert MAY_BE not in said


@pytest.mark.parametrize("state", [S.PUBLISHED_UNVERIFIED, S.UNCERTAIN])
def test_a_post_without_an_address_is_looked_for_among_ones_own(keep, reader, state):
    keep(state, reason=Reason.NO_ID)
    reader.post("/consent/p1", data={"answer": "off"})
    page = reader.get("/consent").get_data(as_text=True)
    (way,) = re.findall(r'<a href="([^"]+)"[^>]*>Look on LinkedIn<', page)
    assert "/recent-activity/" in way


def test_the_list_is_of_what_is_there_or_may_be(session, me, item, keep):
    for days, state in enumerate(S):
        values = {"post_address": ADDRESS} if state is S.PUBLISHED else {}
        keep(state, at=now() - timedelta(days=days), **values)
    found = {
        (post.title, post.address, post.in_doubt) for post in posts_left(session, me.id)
    }
    assert found == {
        (item.title, ADDRESS, False),
        (item.title, "", False),  # published_unverified
        (item.title, "", True),
    }
    assert posts_left(session, make_person(session).id) == []
