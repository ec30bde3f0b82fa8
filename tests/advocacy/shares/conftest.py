"""Somebody with a connected account, something to share, and the pretend network."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.accounts.operations import access_of
from advocacy.accounts.queries import account_of
from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.outside import LINKEDIN
from advocacy.people.models import Person
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.claiming import claim_share, database_time
from advocacy.shares.installation_file import InstallationFile
from advocacy.shares.models import PublishingPause, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.settling import settle_attempt
from advocacy.withdrawal import withdrawal_cascade
from integrations.clock import now
from integrations.database import open_session, transaction
from integrations.linkedin_sandbox.creates_log import CreatesLog
from tests.advocacy.shares.doubting import ago
from tests.advocacy.shares.making import (
    VAULT,
    connect_account,
    make_item,
    make_person,
    make_station,
    queue_due,
    state_of,
)
from tests.advocacy.shares.pauses import pause
from tests.integrations.linkedin_sandbox.serving import running_sandbox


@pytest.fixture(scope="session")
def _sandbox():
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(_sandbox):
    """The pretend network with an empty feed and no faults."""
    with _sandbox.memory.lock:
        _sandbox.memory.forget_posts()
        _sandbox.memory.creates_log = CreatesLog(None)
    _sandbox.set_fault("behave", 0)
    return _sandbox


@pytest.fixture
def person(session, sandbox):
    """Somebody who lets us post and has connected an account."""
    person = make_person(session)
    connect_account(session, person, sandbox.access_for(f"{person.name} {person.id}"))
    return person


@pytest.fixture
def item(session):
    return make_item(session)


@pytest.fixture
def share(session, person, item):
    """It is due."""
    share = queue_due(session, person, item)
    session.commit()
    return share


@pytest.fixture
def station(sandbox, session, tmp_path):
    return make_station(sandbox, session.get_bind().engine, tmp_path)


@pytest.fixture
def network(station):
    """LinkedIn, as the worker knows it."""
    return station.outside.networks[LINKEDIN]


@pytest.fixture
def claim(session, share, station):
    """The share is in the worker's hand."""
    return claim_share(session, share.id, station)


@pytest.fixture
def settled(session, share, claim, network):
    """What became of the share, given how its one attempt ended."""
    freeze_body(session, claim, b"{}")
    attempted = arm(session, claim, b"{}").attempted

    def settle(outcome, **other):
        settle_attempt(session, replace(attempted, **other), outcome, network)
        session.flush()
        return state_of(session, share), share.reason

    return settle


@pytest.fixture
def paused(session):
    """A pause of the network that is over; called, whether it is still there."""
    until = database_time(session) - timedelta(minutes=1)
    pause(session, until)

    def look():
        session.expire_all()
        return session.get(PublishingPause, LINKEDIN) is not None

    return look


@pytest.fixture
def tried_thrice(session, share):
    """It was in hand, and was tried, three times before."""
    share.crash_count, share.tries = 3, 3
    session.flush()


@pytest.fixture
def another(session, person, share):
    """A second one of the same person, in hand three times before."""
    other = queue_due(session, person, make_item(session))
    other.crash_count = 3
    session.flush()
    return other


@pytest.fixture
def committed_station(database_url, sandbox, tmp_path):
    """A worker in a database that is really committed to, where two can meet."""
    return make_station(sandbox, open_session.kw["bind"], tmp_path)


@pytest.fixture
def committed_share_id(committed_station, sandbox):
    """A due share of somebody connected, in that database."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        return queue_due(session, person, make_item(session)).id


@pytest.fixture
def place(committed_station, sandbox):
    """A person, an item and a station in a database that is really committed to."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        item = make_item(session)
        session.flush()
        ids = person.id, item.id
    return *ids, committed_station


@pytest.fixture
def file(tmp_path):
    """What an installation knows of itself, on its disk."""
    return InstallationFile(tmp_path / "data")


@pytest.fixture
def turn_off(share, station):
    """The owner turns it off, with everything that follows from that."""

    def press(*, delete_again=True):
        cascade = withdrawal_cascade(station.outside, delete_again=delete_again)
        with transaction() as session:
            owner = session.get_one(Person, share.person_id)
            purpose = Purpose.POST_FOR_ME
            withdraw(session, owner, purpose, "en", "a test", now(), cascade)

    return press


@pytest.fixture
def key(session, person):
    """The token with which the account was connected."""
    return access_of(account_of(session, person.id, LINKEDIN), VAULT).token


@pytest.fixture
def asking(station):
    return replace(station, probe_doubts=True)


@pytest.fixture
def in_doubt(session, person, item, station, sandbox):
    """A share whose first attempt ended so; a minute has gone by since."""
    share = queue_due(session, person, item, "Is it there?")
    session.commit()

    def make(fault, seconds=60):
        sandbox.set_fault(fault)
        publish_share(share.id, station)
        assert state_of(session, share) is ShareState.UNCERTAIN
        ago(session, share, seconds)
        return share

    return make
