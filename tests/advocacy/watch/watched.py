"""A network, somebody's post and who looks at it, as the tests here need them."""

from dataclasses import dataclass
from datetime import date

from advocacy.people.operations import add_person, start_sign_in
from advocacy.shares.models import Share
from integrations.clock import now
from integrations.network import DayLimits
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)

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


def signed_in(client, session, *roles):
    person = add_person(
        session, name="Ada Jansen", email="ada@veenstroom.example", roles=list(roles)
    )
    token = start_sign_in(session, person, now())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["language"] = "en"
    return client
