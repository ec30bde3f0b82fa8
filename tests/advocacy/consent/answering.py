"""Short ways to answer, and a cascade that can be asked afterwards."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.consent.queries import is_on

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
P1, P3 = Purpose.POST_FOR_ME, Purpose.COUNT_MY_CLICKS


class Steps:
    """A cascade that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, Purpose, datetime]] = []

    def __call__(
        self, session: Session, person_id: int, purpose: Purpose, at: datetime, /
    ) -> None:
        # What follows must already see the purpose as off.
        assert not is_on(session, person_id, purpose)
        self.asked.append((person_id, purpose, at))


def turn_on(session, person, purpose=P1, at=NOON):
    return give(session, person, purpose, "en", "pressed", at)


def turn_off(session, person, purpose=P1, at=NOON, cascade=()):
    return withdraw(session, person, purpose, "en", "pressed", at, cascade)
