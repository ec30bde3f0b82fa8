"""Links a process knows by heart: how long, how many, and without a database."""

import pytest
from sqlalchemy import create_engine

from advocacy.links.operations import link_for
from integrations.database import transaction
from tests.advocacy.links.agents import PEOPLE
from tests.advocacy.links.conftest import add_item
from tests.advocacy.links.visiting import TARGET, visit


class TestWithoutADatabase:
    """A server that was there, and is not any more."""

    @pytest.fixture
    def gone(self, fast_path):
        away = create_engine("postgresql+psycopg://x@127.0.0.1:1/none")

        def leave():
            fast_path.known.engine = away
            fast_path.counter.line.engine = away
            fast_path.counter.line.close()

        yield leave
        away.dispose()

    def test_links_it_knows_still_lead_on(self, fast_path, visitor, link, gone):
        fast_path.known.seconds = 0  # what it knows is always too old
        visit(visitor, link.code)
        gone()
        other = visit(visitor, link.code, agent=PEOPLE["Firefox on Linux"])
        assert other.status_code == 302

    def test_other_links_get_a_friendly_503(self, visitor, link, gone):
        gone()
        answer = visit(visitor, link.code, Cookie="session=anything")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "This link is out for a moment" in answer.text

    def test_what_cannot_be_a_code_needs_no_database(self, visitor, gone):
        gone()
        assert visit(visitor, "nonsense").status_code == 404


def test_a_remembered_link_is_asked_for_again_after_a_while(visitor, fast_path, link):
    asked = []
    look_up = fast_path.known.look_up
    fast_path.known.look_up = lambda code: (asked.append(code), look_up(code))[1]
    visit(visitor, link.code)
    visit(visitor, link.code)
    assert len(asked) == 1
    fast_path.known.remembered[link.code] = (
        0.0,
        fast_path.known.remembered[link.code][1],
    )
    visit(visitor, link.code)
    assert len(asked) == 2


def test_the_least_used_link_is_forgotten_first(visitor, fast_path, database_url):
    fast_path.known.most = 2
    with transaction() as session:
        item_id = add_item(session).id
        codes = [
            link_for(session, item_id, f"{TARGET}{n}", None).code for n in range(3)
        ]
    for code in (codes[0], codes[1], codes[0], codes[2], "AAAAAAAAAAA"):
        visit(visitor, code)
    assert set(fast_path.known.remembered) == {codes[0], codes[2]}
