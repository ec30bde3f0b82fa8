"""Pages of figures and of communications read as the role that may see no person.

Only who is signed in is asked for as the ordinary one, before.
"""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import ProgrammingError

from advocacy.people.access import requires
from advocacy.people.models import Person
from advocacy.people.roles import Permission, Role
from advocacy.shares.models import Share
from integrations.database import transaction
from integrations.reader_role import READER
from tests.advocacy.signing_in import signed_in
from tests.privacy.conftest import colleague
from tests.privacy.test_route_walk import addresses, values_of

SLICES = ("reach.", "curation.", "council.")
# An administrator's pages also say above whether the service works, as any page does.
READING = (Role.COMMUNICATIONS, Role.MANAGER, Role.AUDITOR)
# Who is signed in, and the mark that they were here.
SIGN_IN = re.compile(r"\b(FROM|UPDATE) sign_in\b")
BOUNDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "RESET ROLE", "SET LOCAL ROLE")


@contextmanager
def statements_as_ordinary(connection):
    """What is asked outside a block of the reader."""
    asked, reading = [], [False]

    def note(_connection, _cursor, statement, *_others):
        if statement.startswith("SET LOCAL ROLE"):
            reading[0] = True
        elif statement.startswith(("RESET ROLE", "ROLLBACK TO")):
            reading[0] = False
        if not reading[0] and not statement.startswith(BOUNDS):
            asked.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield asked
    event.remove(connection, "before_cursor_execute", note)


def pages(app, planted):
    return [
        (endpoint, address)
        for endpoint, address in addresses(app, planted, "GET", values_of(planted))
        if endpoint.startswith(SLICES)
    ]


def test_pages_of_figures_and_of_communications_read_as_the_reader(
    app, client, session, connection, planted
):
    signed_in(client, session, colleague(session, "Other Colleague", *READING))
    answered = set()
    for endpoint, address in pages(app, planted):
        with statements_as_ordinary(connection) as asked:
            status = client.get(address).status_code
        assert status in {200, 302, 404}, address
        if status == 200:
            answered.add(endpoint)
        assert [one for one in asked if not SIGN_IN.search(one)] == [], address
    assert {"reach.page", "reach.group", "reach.units", "reach.items"} <= answered
    assert {"curation.listing", "curation.withdraw"} <= answered


def _peeks(role):
    with transaction(role) as session:
        session.scalars(select(Person.name).join(Share, Share.person_id == Person.id))
    return "seen"


def test_a_page_that_reads_otherwise_would_be_found(
    app, client, session, connection, planted
):
    """The control: as the ordinary role it is noticed, as the reader it is refused."""
    view = requires(Permission.READ_REACH)(lambda: _peeks(None))
    app.add_url_rule("/reach/peek", "reach.peek", view)
    signed_in(client, session, colleague(session, "Other Colleague"))
    with statements_as_ordinary(connection) as asked:
        assert client.get("/reach/peek").status_code == 200
    assert [one for one in asked if "FROM person JOIN share" in one]
    with pytest.raises(ProgrammingError, match="permission denied"):
        _peeks(READER)
