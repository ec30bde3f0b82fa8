"""Organisations: the sample one, a larger one, and any shape for property tests."""

from hypothesis import strategies as st

from advocacy.reach.groups import UnitHeads

FLOORS = (100, 250, 500)
HEADS = st.sampled_from([0, 1, 3, 8, 40, 99, 100, 180, 500])
VEENSTROOM = (
    UnitHeads(1, None, "Field operations", 236),
    UnitHeads(2, None, "Customer", 124),
    UnitHeads(3, None, "Grid planning", 96),
    UnitHeads(4, None, "Technology", 88),
    UnitHeads(5, None, "Staff", 76),
)
NORTH = [
    UnitHeads(1, None, "Company", 0),
    UnitHeads(2, 1, "North", 300),
    UnitHeads(3, 2, "North A", 120),
    UnitHeads(4, 1, "South", 0),
    UnitHeads(5, 4, "South A", 160),
    UnitHeads(6, 4, "South B", 150),
    UnitHeads(7, 1, "East", 110),
]


@st.composite
def trees(draw, most=14):
    """Up to so many units, each below one before it or below none, and unit 0."""
    number = draw(st.integers(1, most))
    units = [UnitHeads(0, None, "", draw(HEADS))]
    for id_ in range(1, number + 1):
        parent = draw(st.integers(0, id_ - 1)) or None
        units.append(UnitHeads(id_, parent, f"Unit {id_ % 7}-{id_}", draw(HEADS)))
    return units


def told(groups):
    """Heads by name, its lines as a list."""
    return {", ".join(group.name.split("\n")): group.heads for group in groups}


def ids_of(groups):
    return {group.unit_ids for group in groups}


def parts_of(totals):
    """The keys of what each total adds up, as figures are stored with them."""
    return {total.group.key: total.parts for total in totals}
