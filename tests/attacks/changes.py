"""Three quarters of an organisation in which people join, leave, move and withdraw.

That happens when the figures of the first quarter are out and the second is under way; the
third is the first that it can be seen in. All others do the same in every quarter.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.models import Person, Unit
from advocacy.people.roles import Role
from advocacy.people.unit_file import read_people, read_units
from advocacy.people.unit_operations import import_units
from advocacy.reach.models import Metric, ReleasedFigure
from advocacy.reach.tables import TABLES
from integrations.clock import clock_at
from tests.advocacy.reach.world import World
from tests.attacks.draws import Draws
from tests.attacks.stage import Stage

UNIT = TABLES["unit"]
SHARERS = UNIT.measure(Metric.SHARERS)
HEADS = 110
OTHERS = 12  # of each unit, who share in every quarter
WHERE = {"joins": "Joined", "leaves": "Left", "moves": "Old", "withdraws": "Withdrawn"}
UNITS = (*WHERE.values(), "New")
ALLOWED = datetime(2026, 12, 20, 9, tzinfo=UTC)
OPENING, *RELEASES = (
    datetime(2027, month, 1, 6, tzinfo=UTC) for month in (1, 4, 7, 10)
)
SHARED = [datetime(2027, month, 20, 9, tzinfo=UTC) for month in (2, 5, 8)]
CHANGED = datetime(2027, 4, 10, 9, tzinfo=UTC)
# Who of them goes on sharing in each quarter; who withdrew does so, and is not counted.
SHARING = (
    ("leaves", "moves", "withdraws"),
    *(("joins", "moves", "withdraws"),) * 2,
)

People = Mapping[str, int]  # by what they do, and a reader; ids
Amounts = Mapping[str, tuple[int, ...]]  # what a draw added up, by unit


def settle(stage: Stage) -> People:
    """All have come but one, and the first quarter is open."""
    with stage.session() as session, clock_at(ALLOWED):
        world = World(session)
        found = {}
        for name in UNITS:
            unit_id = world.unit(name).id
            world.colleagues(HEADS, unit_id)
            for _ in range(OTHERS):
                world.person(on=ALLOWED, unit_id=unit_id)
        for change, name in WHERE.items():
            joined_on = CHANGED.date() if change == "joins" else date(2020, 1, 1)
            person = world.person(
                on=None, joined_on=joined_on, unit_id=_unit(session, name)
            )
            person.name = f"The one who {change}"
            found[change] = person.id
        reader = world.person(on=None, unit_id=_unit(session, "Old"))
        reader.name = "The reader"
        reader.role_names = [Role.COMMUNICATIONS.value]
        found["reader"] = reader.id
    stage.run_job(OPENING, Draws.seeded("opening"))
    return found


def quarter(stage: Stage, people: People, number: int, *, taking_part: bool) -> Amounts:
    """One goes by, from 0, and is released; the four take part or do nothing."""
    at = SHARED[number]
    with stage.session() as session, clock_at(at):
        world = World(session)
        others = select(Person).where(Person.name.startswith("Person "))
        sharing = list(session.scalars(others.order_by(Person.id)))
        if taking_part:
            sharing += _four(session, people, SHARING[number])
        if taking_part and number == 0:
            for person in _four(session, people, WHERE):
                world.turn_on(person, ALLOWED)
        for person in sharing:
            world.share(person, at)
            world.visits(person, 3, at.date())
    draws = Draws.seeded(f"A4 {number}")
    stage.run_job(RELEASES[number], draws)
    return _added_up(stage, draws, number)


def change(stage: Stage, people: People) -> None:
    """One leaves, one moves, one withdraws; who joins has come by the next snapshot."""
    with stage.session() as session, clock_at(CHANGED):
        leaves, moves, withdraws = _four(
            session, people, ["leaves", "moves", "withdraws"]
        )
        leaves.left_on = CHANGED.date()
        session.flush()
        units = "".join(f"{name},\n" for name in UNITS)
        import_units(
            session,
            read_units(f"unit,parent\n{units}".encode()),
            read_people(f"email,unit\n{moves.email},New\n".encode()),
        )
        World(session).turn_off(withdraws, CHANGED)


def _four(session: Session, people: People, which: Iterable[str]) -> list[Person]:
    return [session.get_one(Person, people[one]) for one in which]


def _unit(session: Session, name: str) -> int:
    return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def _added_up(stage: Stage, draws: Draws, number: int) -> Amounts:
    """Of each unit, once it is sure that the draw is the one that was released."""
    opens = [OPENING, *RELEASES][number].date()
    own = (
        select(ReleasedFigure)
        .where(
            ReleasedFigure.table == UNIT.name,
            ReleasedFigure.window_start == opens,
            ReleasedFigure.parts == 1,
        )
        .order_by(ReleasedFigure.group)
    )
    drawn = [
        (draw.value, added)
        for draw, added in zip(draws.noted, draws.reached, strict=True)
        if draw.measure == SHARERS
    ]
    with stage.session() as session:
        rows = session.scalars(own).all()
        assert [row.noisy for row in rows] == [value for value, _ in drawn]
        found = {row.name: added for row, (_, added) in zip(rows, drawn, strict=True)}
    assert found.keys() == set(UNITS)
    return found
