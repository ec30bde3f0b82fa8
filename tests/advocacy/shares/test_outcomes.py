"""What an answer makes of a share, to the second: the table of 2.5 without a network."""

import random
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.shares.models import NOT_SENT, ShareState
from advocacy.shares.outcomes import (
    NO_CALLS_LEFT,
    Outcome,
    doubt,
    next_time,
    not_sent,
    outcome_of,
    posted,
)
from advocacy.shares.reasons import Reason
from integrations.breaker import RESTING
from integrations.errors import (
    AccessExpired,
    AlreadyPosted,
    MediaRefused,
    NotDone,
    OutcomeUnknown,
    Refused,
    TextTooLong,
    VersionGone,
)

S, R = ShareState, Reason
AT = datetime(2026, 3, 31, 14, 25, 36, 789, tzinfo=UTC)


def of(error, tries=0, *, token_is_new=False):
    return outcome_of(error, tries=tries, token_is_new=token_is_new)


def draws(outcome):
    """As many next times as it takes to see the earliest and the latest."""
    random.seed(7)
    times = [next_time(outcome, AT) - AT for _draw in range(2000)]
    return min(times).total_seconds(), max(times).total_seconds()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OutcomeUnknown("", code="504"), Outcome(S.UNCERTAIN, R.NO_ANSWER, "504")),
        (
            AlreadyPosted("", post_id="urn:1"),
            Outcome(S.FAILED, R.DUPLICATE, "duplicate", post_id="urn:1"),
        ),
        (
            AccessExpired("", code="401"),
            Outcome(S.NEEDS_RECONNECT, R.ACCESS_REFUSED, "401"),
        ),
        (Refused("", code="422"), Outcome(S.FAILED, R.REFUSED, "422")),
        (MediaRefused("", code="400"), Outcome(S.FAILED, R.MEDIA_REFUSED, "400")),
        (TextTooLong("", code="413"), Outcome(S.FAILED, R.TOO_LONG, "413")),
        (
            VersionGone("", code="426"),
            Outcome(S.SCHEDULED, R.VERSION, "426", wait=timedelta(minutes=15)),
        ),
        (
            NotDone("", until_midnight_utc=True, whole_app=True, code="429"),
            Outcome(
                S.SCHEDULED, R.RATE_LIMIT, "429", until_midnight=True, whole_app=True
            ),
        ),
        (
            NotDone("", until_midnight_utc=True, code="429"),
            Outcome(S.SCHEDULED, R.RATE_LIMIT, "429", until_midnight=True),
        ),
    ],
)
def test_each_answer_has_its_outcome(error, expected):
    assert of(error) == expected


def test_what_is_posted_is_live_and_what_is_in_doubt_is_not():
    assert posted("urn:1") == Outcome(S.PUBLISHED, post_id="urn:1")
    assert posted(None) == Outcome(S.PUBLISHED_UNVERIFIED, R.NO_ID)
    assert posted("urn:1").live
    assert posted(None).live
    for outcome in (doubt("504"), not_sent(), NO_CALLS_LEFT, of(Refused(""))):
        assert not outcome.live


def test_an_attempts_row_keeps_the_state_unless_nothing_was_sent():
    assert posted("urn:1").of_attempt == S.PUBLISHED.value
    assert doubt().of_attempt == S.UNCERTAIN.value
    assert not_sent().of_attempt == NOT_SENT
    assert not_sent() == Outcome(S.SCHEDULED, sent=False, wait=timedelta(0))


@pytest.mark.parametrize(
    "outcome",
    [
        not_sent(),
        of(NotDone("", code="dns")),
        of(NotDone("")),
        of(VersionGone("", code="426")),
        # As it comes back from the disk: the same letters, another string.
        of(NotDone("", wait=30, code="".join(RESTING))),
    ],
)
def test_a_call_that_did_not_get_through_costs_nothing(outcome):
    assert outcome.cost_nothing is True


@pytest.mark.parametrize(
    "outcome",
    [
        posted("urn:1"),
        doubt(),
        doubt("504"),
        NO_CALLS_LEFT,
        Outcome(S.UNCERTAIN, R.WORKER_LOST),
        of(NotDone("", code="503")),
        of(NotDone("", wait=30, code="429")),
        # Codes before and after the one for a host that is left alone.
        of(NotDone("", wait=30, code="a")),
        of(NotDone("", wait=30, code="z")),
    ],
)
def test_a_call_that_may_have_got_through_is_counted(outcome):
    assert outcome.cost_nothing is False


def test_doubt_and_no_calls_left_are_what_they_say():
    assert doubt() == Outcome(S.UNCERTAIN, R.NO_ANSWER, "")
    assert of(NotDone("", until_midnight_utc=True)) == NO_CALLS_LEFT
    assert not NO_CALLS_LEFT.whole_app


def test_the_outcome_that_all_share_cannot_be_altered():
    with pytest.raises(FrozenInstanceError):
        NO_CALLS_LEFT.whole_app = True


@pytest.mark.parametrize(("tries", "wait"), [(0, 1), (1, 3), (2, 8)])
def test_a_new_token_is_given_a_moment(tries, wait):
    outcome = of(AccessExpired("", code="401"), tries, token_is_new=True)
    pause = timedelta(seconds=wait)
    assert outcome == Outcome(S.SCHEDULED, R.NEW_ACCESS, "401", wait=pause)


@pytest.mark.parametrize(
    ("tries", "is_new"), [(3, True), (4, True), (0, False), (2, False)]
)
def test_but_only_a_new_one_and_three_times(tries, is_new):
    outcome = of(AccessExpired("", code="401"), tries, token_is_new=is_new)
    assert outcome.state is S.NEEDS_RECONNECT


@pytest.mark.parametrize(
    ("tries", "minutes"),
    [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 30), (6, 30), (5000, 30)],
)
def test_pauses_grow_to_half_an_hour(tries, minutes):
    outcome = of(NotDone("", code="dns"), tries)
    pause = timedelta(minutes=minutes)
    assert outcome == Outcome(S.SCHEDULED, R.UNREACHABLE, "dns", wait=pause)


@pytest.mark.parametrize(("wish", "wait"), [(1, 60), (60, 60), (61, 61), (7200, 7200)])
def test_the_network_may_ask_for_a_longer_pause_but_for_no_shorter(wish, wait):
    outcome = of(NotDone("", wait=wish, code="429"))
    pause = timedelta(seconds=wait)
    assert outcome == Outcome(S.SCHEDULED, R.BUSY, "429", wait=pause)


@pytest.mark.parametrize("wait", [1, 100, 1800])
def test_the_next_try_is_up_to_a_fifth_later_than_it_could_be(wait):
    first, last = draws(Outcome(S.SCHEDULED, wait=timedelta(seconds=wait)))
    assert wait <= first < 1.005 * wait
    assert 1.195 * wait < last <= 1.2 * wait


@pytest.mark.parametrize("outcome", [not_sent(), Outcome(S.SCHEDULED)])
def test_without_a_pause_it_is_at_once(outcome):
    assert draws(outcome) == (0, 0)


def test_a_day_that_is_used_up_ends_at_midnight_and_a_quarter_of_an_hour_is_used():
    midnight = (datetime(2026, 4, 1, tzinfo=UTC) - AT).total_seconds()
    first, last = draws(NO_CALLS_LEFT)
    assert 60 <= first - midnight < 65
    assert 895 < last - midnight <= 900


def test_the_day_ends_at_midnight_sharp():
    random.seed(7)
    chance = random.random()  # noqa: S311 – no secret
    random.seed(7)
    wait = timedelta(minutes=1 + 14 * chance)
    assert next_time(NO_CALLS_LEFT, AT) == datetime(2026, 4, 1, tzinfo=UTC) + wait


def test_the_pause_grows_evenly_with_chance():
    random.seed(11)
    chance = random.random()  # noqa: S311 – no secret
    random.seed(11)
    outcome = Outcome(S.SCHEDULED, wait=timedelta(seconds=100))
    wait = timedelta(seconds=100 * (1 + 0.2 * chance))
    assert abs(next_time(outcome, AT) - AT - wait) < timedelta(milliseconds=1)
