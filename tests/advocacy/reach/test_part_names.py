"""What a part of several units is called on pages and in files."""

import csv
from datetime import date
from io import StringIO

import pytest

from advocacy.people.roles import Role
from advocacy.reach.models import Metric
from tests.advocacy.reach.reading import text_of
from tests.advocacy.signing_in import signed_in

Q3 = date(2026, 7, 1)
pytestmark = pytest.mark.usefixtures("at_reading")

TOGETHER = "Customer\nGrid planning"
WHY = "Units are put together until there are enough colleagues in them"


@pytest.mark.parametrize(
    ("stored", "english", "dutch"),
    [
        (
            TOGETHER,
            "Customer and Grid planning together",
            "Customer en Grid planning samen",
        ),
        ("A, B\nC\nD", "A, B, C and D together", "A, B, C en D samen"),
        (
            "A\nB\nC\n1",
            "A, B, C and one other unit together",
            "A, B, C en één andere eenheid samen",
        ),
        (
            "A\nB\nC\n1200",
            "A, B, C and 1,200 other units together",
            "A, B, C en 1.200 andere eenheden samen",
        ),
        ("Customer, Grid (+2)", "Customer, Grid (+2)", "Customer, Grid (+2)"),
    ],
)
def test_units_put_together_are_said_to_be_so(
    client, session, world, shelf, stored, english, dutch
):
    """What was named with commas before keeps its name."""
    office = world.unit("Office")
    own = {"group": shelf.group(7, office.id), "name": stored, "heads": 220}
    shelf.figure("unit", Q3, Metric.SHARERS, 20, **own)
    shelf.figure("unit", Q3, Metric.SHARERS, 80, parts=3)
    session.commit()
    person = world.person(on=None, unit_id=office.id)
    person.role_names = [Role.COMMUNICATIONS]
    signed_in(client, session, person)
    part = f"/reach/groups/{own['group']}"
    for address in ("/reach", "/reach/units", part):
        for language, name in (("en", english), ("nl", dutch)):
            said = text_of(client.get(address, headers={"Accept-Language": language}))
            assert name in said, address
            if language == "en":
                assert (WHY in said) is ("\n" in stored), address
    rows = list(csv.reader(StringIO(client.get(f"{part}.csv").text)))
    assert [row[0] for row in rows[1:]] == [english]
