"""Lists that do not fit together are refused, with the line of everything that is wrong."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.people.unit_file import Fault, Read, Row
from advocacy.people.unit_plan import DEEPEST, MOST_UNITS, Faults, faults_of

NOBODY: dict[str, str | None] = {}


def listed(*pairs: tuple[str, str]) -> Read:
    return Read([Row(line, *pair) for line, pair in enumerate(pairs, start=2)])


def staff(unit: str | None, count: int) -> dict[str, str | None]:
    return {f"{unit}{number}@x.example".lower(): unit for number in range(count)}


def wrong_units(*pairs: tuple[str, str]) -> list[Fault]:
    return faults_of(listed(*pairs), Read(), NOBODY).units


def test_a_circle_is_named_around_at_its_first_line() -> None:
    assert wrong_units(("Top", ""), ("A", "C"), ("B", "a"), ("C", "B"), ("D", "A")) == [
        Fault(3, "units in a circle: 'A', under 'C', under 'B', under 'A'")
    ]


def test_a_unit_under_itself_is_a_circle() -> None:
    assert wrong_units(("A", "A")) == [Fault(2, "units in a circle: 'A', under 'A'")]


def test_a_unit_under_one_that_is_not_there_is_refused() -> None:
    assert wrong_units(("A", ""), ("B", "Z")) == [
        Fault(3, "there is no unit 'Z' to be under")
    ]


def test_a_unit_that_stands_there_twice_is_refused() -> None:
    assert wrong_units(("Café", ""), ("B", "Café"), ("CAFE", "B")) == [
        Fault(4, "'CAFE' stands in line 2 already")
    ]


def test_twenty_units_deep_is_deep_enough() -> None:
    chain = [("0", ""), *((str(n), str(n - 1)) for n in range(1, DEEPEST))]
    assert wrong_units(*chain) == []
    chain += [("20", "19"), ("21", "20")]
    assert wrong_units(*chain) == [Fault(22, "'20' is more than 20 units deep")]


def test_an_organisation_has_five_thousand_units_at_most() -> None:
    many = [("Top", ""), *((f"U{n}", "Top") for n in range(1, MOST_UNITS))]
    assert wrong_units(*many) == []
    assert wrong_units(*many, ("One more", "Top")) == [
        Fault(MOST_UNITS + 2, "5001 units, more than 5000: too many from here on")
    ]


def test_people_who_are_unknown_or_twice_or_nowhere_are_refused() -> None:
    people = listed(
        ("ada@x.example", "Top"),
        ("Ada@X.example", "top"),
        ("who@x.example", "Top"),
        ("ben@x.example", "Z"),
    )
    now = {"ada@x.example": None, "ben@x.example": "Top"}
    assert faults_of(listed(("Top", "")), people, now).people == [
        Fault(3, "'Ada@X.example' stands in line 2 already"),
        Fault(4, "nobody works here with the address 'who@x.example'"),
        Fault(5, "there is no unit 'Z'"),
    ]


def test_a_unit_of_one_person_is_refused_with_all_that_is_below_it() -> None:
    units = listed(("Top", ""), ("A", "Top"), ("A1", "A"), ("Empty", "Top"))
    now = staff("Top", 2) | staff("A1", 1)
    assert faults_of(units, Read(), now).units == [
        Fault(3, "'A' would be one single person"),
        Fault(4, "'A1' would be one single person"),
    ]
    assert not faults_of(units, Read(), now | staff("A", 1) | staff("A1", 2))


def test_one_person_above_others_is_nobody_who_stands_out() -> None:
    units = listed(("Top", ""), ("A", "Top"))
    assert not faults_of(units, Read(), staff("Top", 1) | staff("A", 2))


def test_who_joins_only_later_makes_nobody_stand_out_less() -> None:
    units = listed(("Top", ""), ("A", "Top"))
    now = staff("Top", 2) | staff("A", 2)
    alone = [Fault(3, "'A' would be one single person")]
    assert faults_of(units, Read(), now, later={"a1@x.example"}).units == alone
    assert faults_of(units, Read(), staff("A", 1), later={"a0@x.example"}).units
    assert not faults_of(units, Read(), now, later={"top0@x.example"})


def test_a_unit_with_people_does_not_go() -> None:
    now = staff("Old", 2)
    units = listed(("Top", ""))
    assert faults_of(units, Read(), now).units == [
        Fault(2, "'Old' is not in the list, which ends here, and 2 are in it")
    ]
    people = listed(*((email, "Top") for email in now))
    assert not faults_of(units, people, now)


def test_nothing_is_said_of_people_when_the_units_cannot_be_read() -> None:
    unread = Read([], [Fault(4, "this is not UTF-8")])
    people = listed(("ada@x.example", "Top"))
    assert faults_of(unread, people, NOBODY) == Faults(unread.faults, [])


NAMES = st.sampled_from(["A", "a", "B", "C", "D", "E"])
UNITS = st.lists(
    st.tuples(NAMES, st.one_of(st.just(""), NAMES)), min_size=1, max_size=7
)
EMAILS = st.sampled_from([f"{n}@x.example" for n in range(6)])
PEOPLE = st.lists(st.tuples(EMAILS, NAMES), max_size=5)
NOW = st.dictionaries(EMAILS, st.one_of(st.none(), NAMES), max_size=6)


def reached(start: str, above: dict[str, str]) -> list[str]:
    """The units above a unit, the nearest first, as long as it takes to come round."""
    found = []
    for _step in range(len(above)):
        start = above.get(start, "")
        found += [start] if start else []
    return found


def wrong_lines(
    units: list[tuple[str, str]],
    people: list[tuple[str, str]],
    now: dict[str, str | None],
) -> tuple[set[int], set[int]]:
    """The lines that are wrong, worked out one rule after the other."""
    names = [name.upper() for name, _parent in units]
    above: dict[str, str] = {}
    for name, parent in units:
        above.setdefault(name.upper(), parent.upper())
    circling = [name for name in above if name in reached(name, above)]
    in_units = {n + 2 for n, name in enumerate(names) if name in names[:n]}
    in_units |= {n + 2 for n, u in enumerate(units) if u[1].upper() not in ["", *names]}
    in_units |= {
        names.index(name) + 2
        for name in circling
        if name == min({name, *reached(name, above)}, key=names.index)
    }
    emails = [email for email, _unit in people]
    in_people = {
        n + 2
        for n, (email, unit) in enumerate(people)
        if email in emails[:n] or email not in now or unit.upper() not in names
    }
    if not in_units | in_people:
        homes = [unit.upper() for unit in (now | dict(people)).values() if unit]
        in_units |= {len(units) + 1 for home in homes if home not in names}
        for n, name in enumerate(names):
            below = [home for home in homes if name in [home, *reached(home, above)]]
            in_units |= {n + 2} if len(below) == 1 else set()
    return in_units, in_people


@given(UNITS, PEOPLE, NOW)
def test_exactly_the_lines_that_are_wrong_are_named(
    units: list[tuple[str, str]],
    people: list[tuple[str, str]],
    now: dict[str, str | None],
) -> None:
    faults = faults_of(listed(*units), listed(*people), now)
    found = {fault.line for fault in faults.units}, {one.line for one in faults.people}
    assert found == wrong_lines(units, people, now)
