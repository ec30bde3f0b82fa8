"""An organisation of any size with a year of shares and visits, made in SQL."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, text

from bench.planting import repeat, settle
from content.items import ItemState
from integrations.database import transaction
from tests.advocacy.reach.world import World

# A Monday and the first day of a quarter: windows of every length begin on it.
OPENED = date(2024, 7, 1)
RELEASED = date(2024, 10, 1)
YEAR = datetime(2023, 10, 1, tzinfo=UTC)
MINUTES = 366 * 24 * 60  # until RELEASED
# As the simulated years of privacy.md 1.4 have it.
UNIT = 100  # colleagues
ACTIVE_PERCENT = 30
ITEMS = 183  # one every other day, so that one comes on OPENED
SHARES = 14  # of an active person in the year
DIVISIONS = 10
DAYS_VISITED = 2  # of a share; on each 1 to 4 visits


def fill(engine: Engine, staff: int) -> None:
    """So many people, UNIT to a unit; the units in divisions of one organisation."""
    with transaction() as session:
        world = World(session)
        unit = world.unit("Unit 0")
        person = world.person(on=YEAR, unit_id=unit.id)
        world.share(person, YEAR)
        world.visits(person, 1, YEAR.date())
        world.item.offered_at, world.item.state = YEAR, ItemState.PUBLISHED
    active = staff * ACTIVE_PERCENT // 100
    with engine.begin() as connection:
        _people(connection, staff, active)
        _posts(connection, active)
    settle(engine)


def _people(connection: Connection, staff: int, active: int) -> None:
    units = staff // UNIT
    parent = f"one.id + CASE WHEN n <= {DIVISIONS} THEN 0 ELSE 1 + n % {DIVISIONS} END"
    unit = {"id": "one.id + n", "name": "'Unit ' || n", "parent_id": parent}
    repeat(connection, "unit", units, unit)
    colleague = {
        "id": "one.id + n",
        "name": "'Colleague ' || n",
        "email": "'c' || n || '@veenstroom.example'",
        "subject_id": "gen_random_uuid()",
        "unit_id": f"one.unit_id + 1 + n % {units}",
    }
    repeat(connection, "person", staff - 1, colleague)
    first = "(SELECT min(id) FROM person)"
    answer = {
        "id": "one.id + n",
        "record_id": "gen_random_uuid()",
        "subject_id": f"(SELECT subject_id FROM person WHERE id = {first} + n)",  # noqa: S608
        "previous_hash": "md5(n::text)",
        "own_hash": "md5((n + 1)::text)",
    }
    repeat(connection, "consent_event", active - 1, answer)
    allowed = {"person_id": "one.person_id + n", "event_id": "one.event_id + n"}
    repeat(connection, "consent", active - 1, allowed)


def _posts(connection: Connection, active: int) -> None:
    """The first of all is there; the items come evenly, the posts at all times."""
    offered = "one.offered_at + n * interval '2 days'"
    item = {"title": "'Story ' || n", "offered_at": offered}
    repeat(connection, "item", ITEMS - 1, item)
    whose = f"one.person_id + (n % {active})::int"
    of_item = f"one.item_id + (n / {active} * 10 + n % 10)::int"
    posted = f"interval '1 minute' * {_minute('n')}"
    share = {
        "public_id": "substr(md5('share' || n), 1, 16)",
        "person_id": whose,
        "item_id": of_item,
        "posted_at": f"one.posted_at + {posted}",
        "target_day": f"(one.posted_at + {posted})::date",
    }
    shares = active * SHARES
    repeat(connection, "share", shares - 1, share)
    code = "substr(md5('link' || {}), 1, 14)"
    links = shares - 1
    link = {"code": code.format("n"), "person_id": whose, "item_id": of_item}
    repeat(connection, "link", links, link)
    of_share = f"(1 + n % {links})"
    day = f"one.day + ({_minute(of_share)} / 1440)::int"
    visited = {
        "code": code.format(of_share),
        "day": f"{day} + (n / {links})::int",
        "visits": "1 + n % 4",
    }
    repeat(connection, "click_day", links * DAYS_VISITED - 1, visited)


def _minute(number: str) -> str:
    """Of the year, at random; the same for the same number."""
    return f"((hashtext('minute' || {number})::bigint & 2147483647) % {MINUTES})"


def counts(engine: Engine) -> dict[str, int]:
    """How many rows there are of each kind."""
    tables = ("person", "unit", "share", "click_day")
    with engine.connect() as connection:
        return {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608
            for table in tables
        }
