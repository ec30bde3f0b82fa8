"""Pages without figures name the floor that holds here this year, not the product's."""

from datetime import date

import pytest

from advocacy.people.roles import Role
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.tables import Size
from tests.advocacy.reach.reading import read_as, text_of

WHOLE = ("/reach", "Figures begin with %s colleagues")
PARTS = ("/reach/units", "A part needs %s colleagues")
ITEMS = ("/reach/items", "if at least %s can")


@pytest.fixture
def editor(client, session, world, at_reading):
    session.add(QuarterSize(start=date(2026, 10, 1), size=Size.MEDIUM, heads=620))
    return read_as(client, session, world, Role.COMMUNICATIONS)


@pytest.mark.parametrize(
    ("table", "metric", "told", "before"),
    [
        ("organisation", "sharers", WHOLE, 25),
        ("unit", "sharers", PARTS, 100),
        ("item", "shares", ITEMS, 100),
    ],
)
def test_a_floor_that_was_raised_is_the_one_that_is_named(
    editor, session, table, metric, told, before
):
    address, sentence = told
    assert sentence % before in text_of(editor.get(address))
    raised = {"previous_hash": "a", "own_hash": "b", "sigma": None, "floor": 333}
    session.add(ParameterChange(year=2026, table=table, metric=metric, **raised))
    session.commit()
    assert sentence % 333 in text_of(editor.get(address))
