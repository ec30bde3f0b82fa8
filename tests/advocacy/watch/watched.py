"""A network, somebody's post and who looks at it, as the tests here need them."""

from dataclasses import dataclass
from datetime import date

from advocacy.people.operations import add_person
from advocacy.shares.models import Share
from integrations.network import DayLimits
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)
from tests.advocacy.signing_in import signed_in

SECRET = "Only Marit may read this sentence."


@dataclass
class Net:
    """What is asked of a network here."""

    last_day: date | None = None
    day_limits: DayLimits = DayLimits(app=1000)  # noqa: RUF009 – frozen

    def served_until(self):
        return self.last_day


def somebodys(session) -> Share:
    person = make_person(session)
    connect_account(session, person)
    share = queue_due(session, person, make_item(session), SECRET)
    session.commit()
    return share


def signed_in_with(client, session, *roles):
    person = add_person(
        session, name="Ada Jansen", email="ada@veenstroom.example", roles=list(roles)
    )
    return signed_in(client, session, person, "en")
