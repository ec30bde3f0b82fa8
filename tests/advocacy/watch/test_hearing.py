"""A worker that hears nothing ends; one that is busy, or waits for its broker, does not."""

import pytest

from advocacy.watch.hearing import LONGEST_SILENCE, Hearing

LATER = 100.0 + LONGEST_SILENCE


@pytest.fixture
def hearing():
    return Hearing(threads=2)


def test_nothing_for_three_minutes_with_a_broker_that_takes_everything_is_deaf(hearing):
    for at in (100.0, 160.0, 220.0):
        hearing.sent(at, taken=True)

    assert not hearing.deaf(LATER - 1)
    assert hearing.deaf(LATER)


def test_whatever_task_begins_is_a_sign_of_hearing(hearing):
    hearing.sent(100, taken=True)
    hearing.began(200)
    hearing.ended()

    assert not hearing.deaf(LATER)
    hearing.sent(220, taken=True)
    assert not hearing.deaf(LATER)
    assert hearing.deaf(220 + LONGEST_SILENCE)


def test_a_broker_that_is_away_is_no_deafness_and_its_return_starts_anew(hearing):
    hearing.sent(100, taken=True)
    hearing.sent(160, taken=False)
    assert not hearing.deaf(LATER)

    hearing.sent(220, taken=True)
    assert not hearing.deaf(LATER)
    assert hearing.deaf(220 + LONGEST_SILENCE)


def test_a_worker_with_all_hands_full_is_not_deaf(hearing):
    """Long uploads: its own message waits behind them."""
    hearing.began(90)
    hearing.began(91)
    hearing.sent(100, taken=True)

    assert not hearing.deaf(LATER)
    hearing.ended()
    assert hearing.deaf(LATER)


def test_a_worker_that_never_sent_itself_anything_is_not_judged(hearing):
    assert not hearing.deaf(10_000)
