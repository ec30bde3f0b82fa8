"""An organisation of 820 people in units of all sizes, of whom thirty share a story."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.consent.models import ConsentEvent, Purpose
from advocacy.consent.operations import give
from advocacy.people.models import Person
from advocacy.people.roles import Role
from advocacy.reach.models import Metric
from advocacy.reach.parameter_rows import ParameterProposal
from advocacy.shares.models import Share
from content.items import Item
from content.media import Media
from content.uploads import Upload, add_picture
from integrations.clock import clock_at
from tests.advocacy.reach.world import BEFORE, World
from tests.attacks.draws import Draws
from tests.attacks.stage import Stage
from tests.privacy.conftest import Planted
from tests.privacy.planting import STATES, make_item, phone_picture, share_of

# When windows begin and end, the clock's job of each; and when people read.
OPENING = [datetime(2026, 10, day, 6, tzinfo=UTC) for day in (1, 6)]
RELEASES = [
    datetime(year, month, day, 6, tzinfo=UTC)
    for year, month, day in ((2026, 11, 1), (2026, 11, 3), (2026, 12, 1), (2027, 1, 1))
]
UNDER_WAY = datetime(2026, 10, 20, 9, tzinfo=UTC)
ALL_OUT = datetime(2027, 1, 4, 9, tzinfo=UTC)
SHARING = datetime(2026, 10, 9, 9, tzinfo=UTC)
SMALL = {"Kiosk": 3, "Harbour": 8, "Sluice": 99}
READERS = {
    "manager": [Role.MANAGER],
    "communications": [Role.COMMUNICATIONS],
    "administrator": [Role.ADMINISTRATOR],
    "auditor": [Role.AUDITOR],
    "colleague": [],
}


@dataclass
class Town:
    """What an attack needs to know of it."""

    units: dict[str, int]  # ids by name
    item: Item
    picture: Media
    proposal: ParameterProposal
    sharers: list[int]  # persons
    readers: dict[str, int]  # by role; in the unit of the subject
    subject: int


def build(stage: Stage, more: Callable[[World, Town], None] | None = None) -> Town:
    """It is there, and its windows are open; nothing is released.

    `more` is what happens besides, before that.
    """
    with stage.session() as session, clock_at(SHARING):
        world = World(session)
        units = _units(world)
        item = make_item(session)
        picture = add_picture(
            session,
            stage.app.extensions["advocacy"].outside.files,
            Upload("tower.jpg", BytesIO(phone_picture())),
        )
        picture.item_id, picture.alt = item.id, "A tower"
        sharers = [
            world.person(unit_id=units[("Field", "Grid", "Sluice")[n % 3]])
            for n in range(30)
        ]
        for n, person in enumerate(sharers):
            world.share(person, item=item)
            world.visits(person, 3 + n, item=item)
        readers = {
            name: _person(session, name, units["Field"], roles).id
            for name, roles in READERS.items()
        }
        subject = _person(session, "subject", units["Field"], []).id
        town = Town(
            units,
            item,
            picture,
            _proposal(session, units["Field"]),
            [one.id for one in sharers],
            readers,
            subject,
        )
        if more:
            more(world, town)
    for at in OPENING:
        stage.run_job(at, Draws.seeded("opening"))
    return town


def _units(world: World) -> dict[str, int]:
    top = world.unit("Company")
    units = {"Company": top.id}
    for name, heads in {"Field": 290, "Grid": 270, **SMALL}.items():
        units[name] = world.unit(name, top).id
        world.colleagues(heads, units[name])
    parent = world.unit("North", top)
    units["North"], units["North A"] = parent.id, world.unit("North A", parent).id
    world.colleagues(120, units["North A"])
    return units


def _person(session: Session, name: str, unit_id: int, roles: list[Role]) -> Person:
    person = Person(
        name=f"The {name}",
        email=f"{name}@veenstroom.example",
        joined_on=date(2020, 1, 1),
        unit_id=unit_id,
        role_names=[role.value for role in roles],
    )
    session.add(person)
    session.flush()
    return person


def _proposal(session: Session, unit_id: int) -> ParameterProposal:
    """Another one who runs the service would raise a floor."""
    proposer = _person(session, "proposer", unit_id, [Role.ADMINISTRATOR])
    proposal = ParameterProposal(
        year=ALL_OUT.year + 1,
        table="unit",
        metric=Metric.SHARERS,
        floor=150,
        proposed_by=proposer.id,
    )
    session.add(proposal)
    session.flush()
    return proposal


def live(session: Session, town: Town) -> list[Share]:
    """The subject's whole history: consents, an account, a share in each state, visits."""
    with clock_at(SHARING):
        person = session.get_one(Person, town.subject)
        for purpose in Purpose:
            give(session, person, purpose, "en", "pressed Turn on", BEFORE)
        session.add(
            Account(
                person_id=person.id,
                network="linkedin",
                client_id="test-client",
                member_id="member-of-subject",
                member_name="The subject",
                scopes=["w_member_social"],
                token_locked=b"locked",
                token_key_id="k1",
                expires_at=ALL_OUT,
            )
        )
        item = session.get_one(Item, town.item.id)
        return [share_of(session, person, item, n, "qwx") for n in range(len(STATES))]


def planted_life(stage: Stage, town: Town) -> Planted:
    """The person lives; what the walk needs to ask for all that is theirs."""
    with stage.session() as session:
        shares = live(session, town)
        person = session.get_one(Person, town.subject)
        records = session.scalars(
            select(ConsentEvent.record_id)
            .where(ConsentEvent.subject_id == person.subject_id)
            .order_by(ConsentEvent.id)
        )
        return Planted(
            person=person,
            item=town.item,
            picture=town.picture,
            shares=shares,
            records=list(records),
            proposal=town.proposal,
            marks=(),
            own=(),
        )
