"""Several due posts of somebody whose token is to be renewed: one question, one new token."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from advocacy.accounts.operations import access_of
from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from integrations.database import transaction
from integrations.linkedin.sign_on import LinkedInSignOn
from tests.advocacy.shares.at_once import at_once
from tests.advocacy.shares.making import VAULT, make_item, queue_due
from tests.advocacy.shares.renewable import renewable
from tests.integrations.linkedin_sandbox.serving import running_sandbox

S = ShareState
TEN_DAYS = timedelta(days=10)


@pytest.fixture
def sandbox():
    """One that gives what renews a token."""
    with running_sandbox(partner=True) as sandbox:
        yield sandbox


class Watched(LinkedInSignOn):
    """The real one; the test knows when it is asked for a token, and when it goes on."""

    def __init__(self, settings):
        super().__init__(settings)
        self.questions = 0
        self.is_asked, self.may_go_on = Event(), Event()

    def refresh(self, refresh_token, member_id):
        self.questions += 1
        self.is_asked.set()
        assert self.may_go_on.wait(20)
        return super().refresh(refresh_token, member_id)


@pytest.fixture
def sign_on(sandbox):
    return Watched(sandbox.settings_for_client())


@pytest.fixture
def station(committed_station, sign_on):
    outside = replace(committed_station.outside, sign_ons={LINKEDIN: sign_on})
    return replace(committed_station, outside=outside)


@pytest.fixture
def due(station, sandbox):
    """Make so many due shares of one person whose token ends then; their ids."""

    def make(number, ends_in):
        with transaction() as session:
            person = renewable(session, sandbox, ends_in=ends_in)
            items = [make_item(session) for _ in range(number)]
            return [
                queue_due(session, person, item, f"Post {item.id}").id for item in items
            ]

    return make


def states(ids):
    with transaction() as session:
        return [session.get_one(Share, one).state for one in ids]


def token_now(share_id):
    with transaction() as session:
        owner = session.get_one(Share, share_id).person_id
        return access_of(account_of(session, owner, LINKEDIN), VAULT).token


@pytest.mark.parametrize(
    ("ends_in", "meanwhile"), [(-TEN_DAYS, S.SCHEDULED), (TEN_DAYS, S.PUBLISHED)]
)
def test_a_post_beside_the_one_that_has_it_renewed_asks_nobody(
    station, sandbox, sign_on, due, ends_in, meanwhile
):
    first, second = due(2, ends_in)
    (old,) = sandbox.memory.tokens
    with ThreadPoolExecutor(1) as other:
        done = other.submit(publish_share, first, station)
        assert sign_on.is_asked.wait(20)
        publish_share(second, station)
        # With the old one where that is still good; else it waits for the new one.
        assert states([second]) == [meanwhile]
        sign_on.may_go_on.set()
        done.result(20)
    if ends_in < timedelta():
        sandbox.memory.tokens[old].status = "expired"
    publish_share(second, station)

    assert states([first, second]) == [S.PUBLISHED, S.PUBLISHED]
    assert sign_on.questions == 1
    assert sandbox.creates == 2
    assert {*sandbox.memory.tokens} == {old, token_now(first)}
    assert token_now(first) != old


def test_of_eight_at_the_same_moment_one_asks_and_all_leave_with_its_token(
    station, sandbox, sign_on, due
):
    ids = due(8, -TEN_DAYS)
    sandbox.revoke_all("expired")
    sign_on.may_go_on.set()

    at_once(8, lambda n: publish_share(ids[n], replace(station, worker=f"worker-{n}")))
    for one in ids:  # those that waited for it
        publish_share(one, station)

    assert states(ids) == [S.PUBLISHED] * 8
    assert sign_on.questions == 1
    assert sandbox.creates == len(sandbox.posts()) == 8
