"""Whether lists of units and people fit together: all that is wrong, before anything changes."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from advocacy.people.queries import normal_email
from advocacy.people.unit_circles import circles
from advocacy.people.unit_file import Fault, Read, Row
from advocacy.people.unit_names import key_of

MOST_UNITS = 5_000
DEEPEST = 20
NAMED_OF_A_CIRCLE = 5


@dataclass(frozen=True)
class Faults:
    """By the file they are in."""

    units: list[Fault]
    people: list[Fault]

    def __bool__(self) -> bool:
        return bool(self.units or self.people)


def faults_of(
    units: Read,
    people: Read,
    unit_now: Mapping[str, str | None],
    later: Collection[str] = frozenset(),
) -> Faults:
    """All that is wrong with the files, and with putting the organisation together so.

    `unit_now` has the address of everybody who works here, with the name of the unit they
    are in. Who is in no row of `people` stays there. Those in `later` have not joined yet.
    How many are in a unit is looked at once all else is right, since it follows from all
    else.
    """
    faults = Faults(list(units.faults), list(people.faults))
    if units.rows:
        faults.units.extend(_wrong_units(units.rows))
        faults.people.extend(_wrong_people(units.rows, people.rows, unit_now))
    if not faults:
        faults.units.extend(_wrong_numbers(units.rows, people.rows, unit_now, later))
    faults.units.sort()
    faults.people.sort()
    return faults


def _wrong_units(units: Sequence[Row]) -> Iterator[Fault]:
    if len(units) > MOST_UNITS:
        words = f"{len(units)} units, more than {MOST_UNITS}: too many from here on"
        yield Fault(units[MOST_UNITS].line, words)
    first: dict[str, Row] = {}
    for row in units:
        other = first.setdefault(key_of(row.first), row)
        if other is not row:
            yield Fault(row.line, f"{row.first!r} stands in line {other.line} already")
    for row in units:
        if row.second and key_of(row.second) not in first:
            yield Fault(row.line, f"there is no unit {row.second!r} to be under")
    above = {key: key_of(row.second) for key, row in first.items()}
    for circle in circles(above):
        rows = [first[key] for key in circle]
        yield Fault(rows[0].line, f"units in a circle: {_around(rows)}")
    yield from _too_deep(first, above)


def _around(circle: Sequence[Row]) -> str:
    more = len(circle) - NAMED_OF_A_CIRCLE
    shown = circle[:NAMED_OF_A_CIRCLE] if more > 0 else (*circle, circle[0])
    names = ", under ".join(repr(row.first) for row in shown)
    return f"{names}, and {more} more" if more > 0 else names


def _too_deep(first: Mapping[str, Row], above: Mapping[str, str]) -> Iterator[Fault]:
    """The uppermost ones only; what is under them is too deep because of them."""
    for key, row in first.items():
        if len(_upwards(key, above, DEEPEST + 2)) == DEEPEST + 1:
            yield Fault(row.line, f"{row.first!r} is more than {DEEPEST} units deep")


def _upwards(key: str, above: Mapping[str, str], most: int) -> list[str]:
    """The unit and those above it, `most` at most: they may go in a circle."""
    found: list[str] = []
    while key in above and len(found) < most:
        found.append(key)
        key = above[key]
    return found


def _wrong_people(
    units: Sequence[Row], people: Sequence[Row], unit_now: Mapping[str, str | None]
) -> Iterator[Fault]:
    known = {key_of(row.first) for row in units}
    first: dict[str, int] = {}
    for row in people:
        email = normal_email(row.first)
        line = first.setdefault(email, row.line)
        if line != row.line:
            yield Fault(row.line, f"{row.first!r} stands in line {line} already")
        elif email not in unit_now:
            yield Fault(row.line, f"nobody works here with the address {row.first!r}")
        if key_of(row.second) not in known:
            yield Fault(row.line, f"there is no unit {row.second!r}")


def _wrong_numbers(
    units: Sequence[Row],
    people: Sequence[Row],
    unit_now: Mapping[str, str | None],
    later: Collection[str],
) -> Iterator[Fault]:
    """A unit that would go while somebody is in it; one that would be a single person with
    all that is below it, today or once those who join later are there.

    A single person above others is accepted: every head of a department is one. No figure
    is measured of a unit itself and of what is below it, only of groups of at least 100
    colleagues, that person's being one of them; what is larger is a sum of whole groups.
    So no two figures differ by one person (privacy.md 1.5, `reach/groups.py`).
    """
    moved = {normal_email(row.first): row.second for row in people}
    after = {email: moved.get(email, unit) for email, unit in unit_now.items()}
    named = {key_of(unit): unit for unit in after.values() if unit}
    in_unit = Counter(key_of(unit) for unit in after.values() if unit)
    today = Counter(
        key_of(unit) for email, unit in after.items() if unit and email not in later
    )
    above = {key_of(row.first): key_of(row.second) for row in units}
    for key in in_unit.keys() - above.keys():
        words = (
            f"{named[key]!r} is not in the list, which ends here,"
            f" and {in_unit[key]} are in it"
        )
        yield Fault(units[-1].line, words)
    counted = [_below(heads, above) for heads in (today, in_unit)]
    for row in units:
        if any(below[key_of(row.first)] == 1 for below in counted):
            yield Fault(row.line, f"{row.first!r} would be one single person")


def _below(in_unit: Mapping[str, int], above: Mapping[str, str]) -> Counter[str]:
    """How many are in each unit and in those below it."""
    below: Counter[str] = Counter()
    for key, heads in in_unit.items():
        for unit in _upwards(key, above, DEEPEST):
            below[unit] += heads
    return below
