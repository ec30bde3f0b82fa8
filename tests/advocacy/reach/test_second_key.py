"""An auditor hears where they begin that something waits, and nobody else does."""

import pytest

from advocacy.people.roles import Role
from advocacy.reach.parameter_operations import propose, refuse_proposal
from tests.advocacy.reach.reading import text_of
from tests.advocacy.reach.two_keys import BOTH, somebody, wish
from tests.advocacy.signing_in import signed_in

ONE = "A change of floors or noise waits for your decision."
pytestmark = pytest.mark.usefixtures("in_june", "four_hundred")


@pytest.fixture
def read(app, session):
    def page(person, address="/"):
        client = app.test_client()
        signed_in(client, session, person)
        return text_of(client.get(address))

    return page


def test_an_auditor_reads_it_on_the_front_page_and_beside_figures(
    session, administrator, auditor, read
):
    assert ONE not in read(auditor)
    first = propose(session, administrator, wish(floor=150))
    assert ONE in read(auditor)
    assert ONE in read(auditor, "/reach")
    assert ONE not in read(auditor, "/reach/parameters")
    propose(
        session, administrator, wish(sigma=90, table="organisation", metric="clicks")
    )
    assert "2 changes of floors or noise wait for your decision." in read(auditor)
    refuse_proposal(session, auditor, first.id)
    assert ONE in read(auditor)


def test_others_do_not_hear_of_it_and_who_asked_neither(
    session, administrator, auditor, read
):
    both = somebody(session, "Bo", *BOTH)
    propose(session, both, wish(floor=150))
    assert ONE in read(auditor)
    for person in (both, administrator, somebody(session, "Ivo", Role.MANAGER)):
        assert ONE not in read(person)
