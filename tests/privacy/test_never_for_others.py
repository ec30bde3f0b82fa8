"""Nobody moves another's share, and nobody chooses for whom a story is (privacy.md 5)."""

import re

import pytest

from advocacy.people.roles import Role
from integrations.database import Base
from tests.advocacy.reach.reading import text_of
from tests.advocacy.signing_in import signed_in
from tests.privacy.conftest import colleague
from tests.privacy.forms import FORMS
from tests.privacy.test_form_walk import cookie_of, send, undone
from tests.privacy.test_route_walk import ROLES, addresses, values_of

LIBRARY = {"item", "item_topic", "topic", "wording", "media"}
PEOPLE = {"person", "unit"}
# Made by the person: what they shared, and the link in it.
OF_BOTH = {"share", "link"}
FOR_WHOM = frozenset(
    {"audience", "colleague", "colleagues", "department", "group", "groups", "invite"}
    | {"invited", "people", "person", "recipient", "recipients", "role", "roles"}
    | {"team", "teams", "unit", "units"}
)
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"')


@pytest.mark.parametrize("roles", ROLES)
def test_only_its_owner_moves_a_share(app, connection, session, planted, roles):
    """Planning, changing, sending or ending it: to others it is not there at all."""
    others = cookie_of(app, session, colleague(session, "Other Colleague", *roles))
    owners = cookie_of(app, session, planted.person)
    moves = [
        (endpoint, address)
        for endpoint, address in addresses(app, planted, "POST", values_of(planted))
        if endpoint.startswith("shares.")
    ]
    moved = set()
    for endpoint, address in moves:
        for form in FORMS[endpoint](planted):
            with undone(connection), send(app, others, address, form) as answer:
                assert answer.status_code == 404, address
            with undone(connection), send(app, owners, address, form) as answer:
                moved |= {endpoint} if answer.status_code != 404 else set()
    assert moved == {endpoint for endpoint, _address in moves}
    assert len(moved) > 8


def words(name):
    return set(re.findall(r"[a-z]+", name.lower()))


def tables_led_to(table):
    return {key.column.table.name for key in table.foreign_keys}


def test_no_row_says_for_whom_a_story_is(app):
    tables = Base.metadata.tables
    both = {
        name
        for name, table in tables.items()
        if tables_led_to(table) & LIBRARY and tables_led_to(table) & PEOPLE
    }
    assert both == OF_BOTH
    columns = {f"{one}.{column.name}" for one in LIBRARY for column in tables[one].c}
    assert len(columns) > 40
    assert {name for name in columns if words(name) & FOR_WHOM} == set()


def test_no_form_asks_for_whom(app, client, session, planted):
    signed_in(client, session, colleague(session, "Other Colleague", *Role))
    names = set()
    for _endpoint, address in addresses(app, planted, "GET", values_of(planted)):
        with client.get(address) as answer:
            if answer.mimetype == "text/html":
                names |= set(FIELD.findall(answer.text))
    assert len(names) > 20
    assert {name for name in names if words(name) & FOR_WHOM} == set()


def test_the_library_is_the_same_whoever_reads_it(app, session, planted):
    one = colleague(session, "Ole Colleague")
    other = colleague(session, "Other Colleague", Role.MANAGER)
    other.unit_id = planted.person.unit_id
    pages = [
        address
        for endpoint, address in addresses(app, planted, "GET", values_of(planted))
        if endpoint in {"library.front", "library.item"}
    ]
    assert len(pages) > 1
    seen = []
    for person in (one, other):
        browser = signed_in(app.test_client(), session, person)
        said = [text_of(browser.get(address)) for address in pages]
        seen.append([one.replace(person.name, "") for one in said])
    assert planted.item.title in seen[0][0]
    assert seen[0] == seen[1]
