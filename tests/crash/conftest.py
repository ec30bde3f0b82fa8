"""A place where processes may die: nothing is shared with other tests."""

import pytest

from advocacy.shares.models import Share
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)
from tests.crash.processes import Broker, Place, wait_for
from tests.integrations.linkedin_sandbox.serving import running_sandbox


@pytest.fixture
def sandbox():
    with running_sandbox(slow_seconds=8) as sandbox:
        yield sandbox


@pytest.fixture
def broker():
    broker = Broker()
    yield broker
    broker.close()


@pytest.fixture
def place(tmp_path, database_url, broker, sandbox):
    place = Place(tmp_path, database_url, broker.address, sandbox.address)
    yield place
    place.stop()


class Sharing:
    """Shares in the database of the test, by number."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        with transaction() as session:
            self.person = make_person(session)
            access = sandbox.access_for(self.person.email)
            connect_account(session, self.person, access)

    def due(self, text="I was there."):
        with transaction() as session:
            return queue_due(session, self.person, make_item(session), text).id

    def get(self, share_id):
        with transaction() as session:
            return session.get_one(Share, share_id)

    def becomes(self, share_id, state, seconds=60):
        wait_for(
            lambda: self.get(share_id).state is state,
            f"the share to be {state}",
            seconds,
        )

    def end_lease(self, share_id):
        """As if two minutes had gone by."""
        with transaction() as session:
            session.get_one(Share, share_id).lease_until = now()


@pytest.fixture
def sharing(place, sandbox):
    return Sharing(sandbox)
