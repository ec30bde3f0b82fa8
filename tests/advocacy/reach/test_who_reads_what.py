"""Every role against every address of figures: the table of privacy.md 1.6.

Roles add up, and everybody is an employee. Figures of items that one shared oneself are
on the page of one's own figures; those of all colleagues together are communications'
and the auditors'.
"""

import re
from datetime import date
from itertools import chain, combinations

import pytest

from advocacy.people.roles import Permission, Role
from advocacy.reach.models import Metric
from tests.advocacy.reach.measured_items import weeks_of
from tests.advocacy.reach.reading import main_of
from tests.advocacy.signing_in import signed_in

Q3, SEPTEMBER = date(2026, 7, 1), date(2026, 9, 3)
EVERYBODY = frozenset({"employee", *Role})
CURATORS = frozenset({Role.COMMUNICATIONS, Role.AUDITOR})
OWN, ABOVE, OTHER = (f"g{number:016x}" for number in (1, 2, 3))
ENDINGS = ("", ".csv", ".json")
TABLE = {
    **{f"/reach{ending}": EVERYBODY for ending in ENDINGS},
    **{f"/reach/groups/{OWN}{ending}": EVERYBODY for ending in ENDINGS},
    **{f"/reach/groups/{ABOVE}{ending}": EVERYBODY for ending in ENDINGS},
    **{f"/reach/groups/{OTHER}{ending}": CURATORS for ending in ENDINGS},
    **{f"/reach/units{ending}": CURATORS for ending in ENDINGS},
    **{f"/reach/items{ending}": CURATORS for ending in ENDINGS},
    **{f"/shares/figures{ending}": EVERYBODY for ending in ENDINGS},
    "/reach/method": EVERYBODY,
}
# How figures come about is for all, also where an administrator can ask for more noise.
PROMISES = ("/reach/ledger", "/reach/parameters", "/reach/attacks")
SETS_OF_ROLES = list(
    chain.from_iterable(combinations(Role, size) for size in range(len(Role) + 1))
)
FIGURES = {Permission.READ_UNITS, Permission.READ_ITEMS}
pytestmark = pytest.mark.usefixtures("at_reading")


@pytest.fixture
def released(session, world, shelf):
    """Two depots under one roof; an item that was measured. Gives the first depot."""
    north, south = world.unit("Depot North"), world.unit("Depot South")
    shelf.group(1, north.id)
    shelf.group(2, north.id, south.id)
    shelf.group(3, south.id)
    names = {OWN: "Depot North", ABOVE: "Both depots", OTHER: "Depot South"}
    for key, name in names.items():
        shelf.figure("unit", Q3, Metric.SHARERS, 20, group=key, name=name, heads=150)
    shelf.figure("unit", Q3, Metric.SHARERS, 40, parts=2)
    item = world.offer(SEPTEMBER)
    session.add(weeks_of(item, SEPTEMBER))
    for metric, value in ((Metric.SHARES, 30), (Metric.CLICKS, 90)):
        of = {"group": f"item-{item.id}", "name": item.title}
        shelf.figure("item", SEPTEMBER, metric, value, **of)
    session.commit()
    return north


def member(client, session, world, unit, roles=()):
    person = world.person(on=None, unit_id=unit.id)
    person.role_names = [role.value for role in roles]
    signed_in(client, session, person)
    return client


@pytest.mark.parametrize("roles", SETS_OF_ROLES, ids=str)
def test_each_role_reads_what_the_table_says_and_nothing_more(
    client, session, world, released, roles
):
    member(client, session, world, released, roles)
    answers = {address: client.get(address).status_code for address in TABLE}
    expected = {
        address: 200 if readers & {"employee", *roles} else 404
        for address, readers in TABLE.items()
    }
    assert answers == expected
    assert {client.get(address).status_code for address in PROMISES} == {200}


def test_the_table_has_every_address_of_figures(app):
    """Those for more than everybody; what everybody reads is the same for all."""
    found = {
        re.sub("<.*>", OTHER, rule.rule)
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "access", None) in FIGURES
    }
    assert found == {
        address for address in TABLE if "units" in address or "items" in address
    }


@pytest.mark.parametrize("roles", SETS_OF_ROLES, ids=str)
def test_every_way_that_is_offered_is_open(client, session, world, released, roles):
    """Links on pages of figures lead to what this reader may open, and to all of it."""
    member(client, session, world, released, roles)
    offered = set()
    for address, readers in TABLE.items():
        if readers & {"employee", *roles} and "." not in address:
            offered |= set(
                re.findall(r'href="(/(?!static/)[^"#]*)"', client.get(address).text)
            )
    for address in offered:
        assert client.get(address).status_code < 400, address
    # One's own files are offered to whoever has posted something.
    assert {
        address
        for address, readers in TABLE.items()
        if readers & {"employee", *roles} and not address.startswith("/shares/figures.")
    } <= offered


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_an_employee_reads_all_that_the_own_manager_reads(
    client, session, world, released, role
):
    """The same bytes at the same addresses; neither gets a list of other parts."""
    seen = []
    for roles in ((), (role,)):
        member(client, session, world, released, roles)
        pages = {address: client.get(address) for address in TABLE}
        seen.append(
            {
                address: (page.status_code, main_of(page).replace(address, ""))
                for address, page in pages.items()
            }
        )
        everything = "".join(page.text for page in pages.values())
        assert "Depot North" in everything
        assert "Both depots" in everything
        assert "Depot South" not in everything
        assert "Story of" not in everything
    assert seen[0] == seen[1]
