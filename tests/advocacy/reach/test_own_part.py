"""One's own part of the organisation, and the larger ones above it; of others nothing."""

import csv
import re
from datetime import date
from io import StringIO

import pytest

from advocacy.people.models import Unit
from advocacy.people.roles import Role
from advocacy.reach.models import Metric
from tests.advocacy.reach.reading import cells, main_of, statements, text_of
from tests.advocacy.signing_in import signed_in

Q2, Q3 = date(2026, 4, 1), date(2026, 7, 1)
ROLES = [None, Role.MANAGER, Role.ADMINISTRATOR]
pytestmark = pytest.mark.usefixtures("at_reading")


def add_unit(session, name):
    one = Unit(name=name)
    session.add(one)
    session.flush()
    return one


@pytest.fixture
def tree(session, shelf):
    """Field operations of two depots; everybody else is elsewhere."""
    north, south, office = (
        add_unit(session, name) for name in ("Depot North", "Depot South", "Office")
    )
    keys = {
        "north": shelf.group(1, north.id),
        "south": shelf.group(2, south.id),
        "field": shelf.group(3, north.id, south.id),
        "office": shelf.group(4, office.id),
    }
    names = {
        "north": "Depot North",
        "south": "Depot South",
        "field": "Field operations",
        "office": "Office",
    }
    heads = {"north": 117, "south": 123, "field": 240, "office": 380}
    for start in (Q2, Q3):
        for part, value in (
            ("north", 10),
            ("south", 15),
            ("field", 25),
            ("office", 55),
        ):
            shelf.figure(
                "unit",
                start,
                Metric.SHARERS,
                value,
                group=keys[part],
                name=names[part],
                heads=heads[part],
                parts=2 if part == "field" else 1,
            )
        shelf.figure("unit", start, Metric.SHARERS, 80, parts=3)
    session.commit()
    return {"units": {"north": north, "office": office}, "keys": keys}


def member(client, session, world, unit, *roles):
    person = world.person(on=None)
    person.unit_id = unit.id if unit else None
    person.role_names = [role.value for role in roles]
    signed_in(client, session, person)


@pytest.mark.parametrize("role", ROLES)
def test_one_reads_of_the_own_part_and_those_above_it(
    client, session, world, tree, role
):
    """A manager reads what everybody in the unit reads, and so does an administrator."""
    member(client, session, world, tree["units"]["north"], *([role] if role else []))
    said = text_of(client.get("/reach"))
    assert said.index("Depot North") < said.index("Field operations")
    assert (
        "About 10 of 120 colleagues shared something in the 3rd quarter 2026, give or"
        " take 10."
    ) in said
    assert "About 25 of 240 colleagues" in said
    for other in ("Depot South", "Office", "of 380"):
        assert other not in said
    file = client.get("/reach.csv").text
    assert "Field operations" in file
    assert "Office" not in file
    assert "Depot South" not in client.get("/reach.json").text


@pytest.mark.parametrize("role", ROLES)
def test_a_part_has_a_page_over_time_for_who_is_in_it(
    client, session, world, tree, role
):
    member(client, session, world, tree["units"]["north"], *([role] if role else []))
    for part in ("north", "field"):
        page = client.get(f"/reach/groups/{tree['keys'][part]}")
        assert page.status_code == 200
        assert len(cells(page)) == 2
        assert page.text.count('<svg class="chart-') == 2
        assert "The part you work in" in text_of(page)


@pytest.mark.parametrize("role", ROLES)
def test_the_files_of_a_part_are_its_page(client, session, world, tree, shelf, role):
    """Of a part as of the organisation: the same rows, in the same order."""
    north = {"group": tree["keys"]["north"], "name": "Depot North", "heads": 257}
    for start, visits in ((Q2, 300), (Q3, None)):
        shelf.figure("unit-clicks", start, Metric.CLICKS, visits, **north)
    session.commit()
    member(client, session, world, tree["units"]["north"], *([role] if role else []))
    address = f"/reach/groups/{tree['keys']['north']}"
    page = client.get(address)
    on_page = cells(page)
    assert len(on_page) == 4
    file = client.get(f"{address}.csv")
    assert file.headers["Content-Disposition"].endswith('filename="reach-part.csv"')
    _header, *rows = csv.reader(StringIO(file.text.removeprefix("\ufeff")))
    assert [row[2:6] for row in rows] == on_page
    assert {row[0] for row in rows} == {"Depot North"}
    records = client.get(f"{address}.json").json["figures"]
    assert [one["in_words"] for one in records] == [row[1] for row in on_page]
    assert [one["called"] for one in records] == [row[1] for row in rows]
    assert [one["about"] for one in records] == [10, 10, None, 300]
    for ending in (".csv", ".json"):
        assert f'href="{address}{ending}"' in page.text


@pytest.mark.parametrize("ending", ["", ".csv", ".json"])
@pytest.mark.parametrize("role", ROLES)
def test_a_part_of_others_is_answered_as_one_that_does_not_exist(
    client, session, connection, world, tree, role, ending
):
    """The same bytes, and as much is asked of the database."""
    member(client, session, world, tree["units"]["north"], *([role] if role else []))
    seen = set()
    for key in (tree["keys"]["office"], tree["keys"]["south"], "g" + "f" * 16):
        with statements(connection) as asked:
            page = client.get(f"/reach/groups/{key}{ending}")
        assert page.status_code == 404
        seen.add((main_of(page).replace(key, ""), len(asked)))
    assert len(seen) == 1


@pytest.mark.parametrize(
    "key", ["organisation", "g1", "G" + "0" * 16, "g" + "0" * 17, "item-1", "g%00"]
)
def test_what_is_no_key_finds_no_page(reader, tree, key):
    assert reader.get(f"/reach/groups/{key}").status_code == 404


def test_nobody_reads_of_a_part_before_it_was_published(
    client, session, world, tree, shelf
):
    """A11: a unit that is too small is absent, not hidden."""
    small = add_unit(session, "Three people")
    session.commit()
    member(client, session, world, small)
    page = client.get("/reach")
    assert page.status_code == 200
    assert "Three people" not in page.text
    assert "The part you work in" not in page.text


def test_the_own_part_comes_right_after_the_latest_of_the_organisation(
    client, session, world, tree, released
):
    """And what is looked up now and then is folded below the first figures over time."""
    member(client, session, world, tree["units"]["north"])
    page = client.get("/reach").text
    headings = re.findall(r'<h2 id="([^"]+)"', page)
    assert headings == [
        *("month-latest", "own-part", "month-over-time", "rule"),
        *("quarter-latest", "quarter-over-time"),
    ]
    month, _rule, quarter = page.partition('id="month-over-time"')[2].partition(
        'id="quarter-over-time"'
    )
    assert month.index('class="chart"') < month.index("<details")
    assert quarter.index("Charts and tables") < quarter.index('class="chart"')


def test_who_has_no_unit_reads_of_those_without_one(
    client, session, world, tree, shelf
):
    key = shelf.group(5, 0)
    shelf.figure("unit", Q3, Metric.SHARERS, 20, group=key, heads=110)
    session.commit()
    member(client, session, world, None)
    assert "Colleagues without a unit" in text_of(client.get("/reach"))


def test_a_part_that_is_measured_no_longer_leaves_the_page_and_keeps_its_own(
    client, session, world, tree, shelf
):
    north = tree["units"]["north"]
    old = shelf.group(6, north.id, 999)
    shelf.figure("unit", Q2, Metric.SHARERS, 30, group=old, name="Old", heads=200)
    session.commit()
    member(client, session, world, north)
    assert "Old" not in text_of(client.get("/reach"))
    assert client.get(f"/reach/groups/{old}").status_code == 200


def test_larger_parts_are_known_by_what_they_add_up(
    client, session, world, tree, shelf
):
    """Also where no list of their units was kept."""
    whole = f"g{9:016x}"
    shelf.opened("unit", Q3, whole, parts=[tree["keys"]["north"]], name="All depots")
    shelf.figure("unit", Q3, Metric.SHARERS, 40, group=whole, name="All depots")
    session.commit()
    member(client, session, world, tree["units"]["north"])
    assert "All depots" in text_of(client.get("/reach"))


def test_communications_and_auditors_read_of_every_part(client, session, world, tree):
    for role in (Role.COMMUNICATIONS, Role.AUDITOR):
        member(client, session, world, tree["units"]["office"], role)
        for key in tree["keys"].values():
            page = client.get(f"/reach/groups/{key}")
            assert page.status_code == 200
            own = key == tree["keys"]["office"]
            assert ("The part you work in" in text_of(page)) is own
