"""What a claim carries, and what it changes in the row it takes and in those it leaves."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.budget import mark_spent
from advocacy.shares.claiming import (
    claim_share,
    claim_shares,
    clocks_agree,
    database_time,
)
from advocacy.shares.models import Share, ShareState
from advocacy.shares.outcomes import VERSION_PAUSE
from advocacy.shares.reasons import Reason
from content.items import ItemKind
from integrations.clock import now
from integrations.network import DayLimits
from tests.advocacy.shares.leases import LEASE, SECOND, lease_left
from tests.advocacy.shares.making import (
    add_media,
    make_item,
    put_into,
    queue_due,
    queue_with_picture,
    stored,
)
from tests.advocacy.shares.pauses import pause

S = ShareState

pytestmark = pytest.mark.usefixtures("tried_thrice")


def test_a_claim_says_all_that_posting_needs(session, share, person, claim, station):
    share, account = stored(session, share), account_of(session, person.id, LINKEDIN)
    worker, _, mark = claim.owner.partition("/")
    assert (worker, len(bytes.fromhex(mark))) == (station.worker, 8)
    assert (claim.share_id, claim.person_id) == (share.id, person.id)
    assert (claim.item_id, claim.network) == (share.item_id, LINKEDIN)
    assert (claim.account_id, claim.connected_at) == (account.id, account.connected_at)
    assert (claim.tries, claim.calls, claim.lease) == (3, 1, LEASE)
    assert claim.payer.day == database_time(session).date()
    assert (claim.pause_until, claim.is_probe) == (None, False)
    assert claim.token_is_new is False
    assert 0 <= claim.waited() < 30
    assert replace(claim, taken=5.0).waited() == pytest.approx(monotonic() - 5, abs=9)
    assert 0 <= monotonic() - claim.taken < 30


def test_its_row_is_the_workers_for_two_minutes(session, share, claim):
    share = stored(session, share)
    assert (share.state, share.lease_owner) == (S.PREPARING, claim.owner)
    assert share.crash_count == 4
    assert LEASE - 30 * SECOND < lease_left(session, share) <= LEASE


def test_with_files_it_is_the_workers_for_ten(session, person, station):
    share = queue_with_picture(session, person, station)

    claim = claim_share(session, share.id, station)

    assert claim.lease == 600 * SECOND
    assert 570 * SECOND < lease_left(session, share) <= 600 * SECOND


def test_a_file_that_is_gone_is_found_out_later(session, person, station):
    item = make_item(session, ItemKind.VIDEO)
    add_media(session, item, station.outside.files, b"a video", ".mp4")
    share = queue_due(session, person, item)
    session.flush()
    for file in station.outside.files.folder.rglob("*.mp4"):
        file.unlink()

    assert claim_share(session, share.id, station).calls == 1


@pytest.mark.parametrize(("seconds", "is_new"), [(50, True), (59, True), (60.5, False)])
def test_a_token_is_new_for_a_minute(session, share, person, station, seconds, is_new):
    account = account_of(session, person.id, LINKEDIN)
    account.connected_at = database_time(session) - seconds * SECOND
    session.flush()
    assert claim_share(session, share.id, station).token_is_new is is_new


@pytest.mark.parametrize("state", S)
def test_only_what_is_scheduled_is_taken_in_hand(session, share, station, state):
    put_into(session, share, state)
    claim = claim_share(session, share.id, station)
    assert (claim is not None) is (state is S.SCHEDULED)


def test_only_what_is_due_and_was_asked_for(session, share, another, station):
    another.next_at = database_time(session) + 60 * SECOND
    session.flush()
    assert claim_share(session, another.id, station) is None
    assert claim_shares(session, [], station) == []
    found = claim_shares(session, [share.id, another.id], station)
    assert [claim.share_id for claim in found] == [share.id]


def test_after_a_pause_one_tries_and_the_others_stay_as_they_were(
    session, share, another, station
):
    share.crash_count = 3
    begun = database_time(session)
    pause(session, begun)

    [claim] = claim_shares(session, [share.id, another.id], station)

    assert timedelta() <= claim.pause_until - begun - VERSION_PAUSE < 30 * SECOND
    taken = stored(session, session.get_one(Share, claim.share_id))
    [left] = {share, another} - {taken}
    assert (taken.crash_count, taken.state) == (4, S.PREPARING)
    assert (stored(session, left).crash_count, left.state) == (3, S.SCHEDULED)


def test_who_is_alone_after_a_pause_tries(session, share, station):
    until = database_time(session)
    pause(session, until)
    assert claim_share(session, share.id, station).pause_until > until


def test_a_share_for_which_no_calls_are_left_waits_for_tomorrow(
    session, share, claim, another, station
):
    another.woken_at = begun = database_time(session)
    mark_spent(session, claim.payer, DayLimits(), whole_app=False)

    assert claim_share(session, another.id, station) is None

    assert (stored(session, another).state, another.crash_count) == (S.SCHEDULED, 3)
    assert (another.reason, another.woken_at) == (Reason.RATE_LIMIT, None)
    assert another.agreed_at == another.next_at
    midnight = begun.replace(hour=0, minute=0, second=0, microsecond=0)
    since = another.next_at - midnight - timedelta(days=1)
    assert 60 * SECOND <= since <= 900 * SECOND


@pytest.mark.parametrize(
    ("seconds", "agree"),
    [(0, True), (29, True), (-29, True), (32, False), (-30.5, False), (-3600, False)],
)
def test_clocks_may_be_half_a_minute_apart(seconds, agree):
    assert clocks_agree(now() + seconds * SECOND) is agree
