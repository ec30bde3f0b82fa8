"""An answer holds for twelve months, and only for the words that were answered to."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.consent import purposes
from advocacy.consent.models import Answer
from advocacy.consent.operations import expire_old, runs_out
from advocacy.consent.queries import events_of, is_on, purposes_on
from tests.advocacy.consent.answering import NOON, P1, P3, Steps, turn_on

HOUR = timedelta(hours=1)


def test_after_twelve_months_an_answer_runs_out_and_is_let_go(session, ivo):
    steps = Steps()
    turn_on(session, ivo, at=datetime(2024, 2, 29, 12, 0, tzinfo=UTC))
    assert expire_old(session, datetime(2025, 2, 28, 11, 0, tzinfo=UTC), [steps]) == 0
    late = datetime(2025, 2, 28, 12, 0, tzinfo=UTC) + timedelta(days=1)
    assert expire_old(session, late, [steps]) == 1
    assert not is_on(session, ivo.id, P1)
    assert steps.asked == [(ivo.id, P1, late)]
    newest, given = events_of(session, ivo)
    assert newest.answer is Answer.EXPIRED
    assert newest.text_sha256 == given.text_sha256
    assert expire_old(session, late, [steps]) == 0


def test_on_leap_day_a_year_ago_is_the_28th(session, ivo):
    turn_on(session, ivo, at=datetime(2027, 2, 28, 12, 0, tzinfo=UTC))
    leap_day = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
    assert expire_old(session, leap_day, []) == 1


@pytest.mark.parametrize("given", [(2027, 5, 3), (2028, 2, 28), (2028, 2, 29)])
def test_the_day_that_people_are_told_is_the_day(session, ivo, given):
    since = datetime(*given, 12, 0, tzinfo=UTC)
    turn_on(session, ivo, at=since)
    end = runs_out(since)
    assert expire_old(session, end - timedelta(seconds=1), []) == 0
    assert expire_old(session, end, []) == 1


def test_a_new_text_ends_answers_to_the_old_one(session, ivo, marit, monkeypatch):
    turn_on(session, ivo, P1)
    turn_on(session, ivo, P3)
    newer = type(purposes.POST_FOR_ME)(**vars(purposes.POST_FOR_ME) | {"version": 9})
    offers = (newer, *purposes.OFFERS[1:])
    monkeypatch.setattr("advocacy.consent.operations.OFFERS", offers)
    by_purpose = purposes.BY_PURPOSE | {P1: newer}
    monkeypatch.setattr("advocacy.consent.operations.BY_PURPOSE", by_purpose)
    assert expire_old(session, NOON + HOUR, []) == 1
    assert purposes_on(session, ivo.id) == {P3}
    turn_on(session, ivo, P1)
    assert expire_old(session, NOON + HOUR, []) == 0
