"""The page of a service that counts live and exactly, nothing below five who took part."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.shares.models import Share
from tests.attacks.naive import naive_total, naive_values

Counts = dict[str, int | None]


def live_counts(session: Session) -> Counts:
    """How many shared: by unit, by item and altogether. None: hidden."""
    query = select(Share.person_id, Person.unit_id, Share.item_id).join(
        Person, Person.id == Share.person_id
    )
    units: dict[str, set[int]] = defaultdict(set)
    items: dict[str, set[int]] = defaultdict(set)
    for person_id, unit_id, item_id in session.execute(query):
        units[f"unit {unit_id}"].add(person_id)
        items[f"item {item_id}"].add(person_id)
    found = naive_values({name: [1] * len(who) for name, who in units.items()})
    return found | {name: naive_total([1] * len(who)) for name, who in items.items()}
