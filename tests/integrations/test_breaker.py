import time

import pytest

from integrations.breaker import RESTING, Breaker
from integrations.errors import NotDone


def _rests(breaker, host="one"):
    try:
        breaker.check(host)
    except NotDone as error:
        return error.code == RESTING
    return False


def test_a_host_rests_after_so_many_failures_in_a_row_and_no_other_does():
    breaker = Breaker(most=3)
    for status in (None, 503, None):
        assert not _rests(breaker)
        if status:
            breaker.answered("one", status)
        else:
            breaker.failed("one")
    assert _rests(breaker)
    assert not _rests(breaker, "another")


@pytest.mark.parametrize("status", [200, 201, 204, 400, 401, 403, 409, 422, 429])
def test_any_answer_that_makes_sense_begins_the_count_anew(status):
    breaker = Breaker(most=2)
    for _ in range(3):
        breaker.failed("one")
        assert not _rests(breaker)
        breaker.answered("one", status)


def test_it_says_how_long_the_rest_lasts():
    breaker = Breaker(most=1, rest_seconds=60)
    breaker.failed("one")
    with pytest.raises(NotDone) as caught:
        breaker.check("one")
    assert 55 <= caught.value.wait <= 60


def test_after_the_rest_one_failure_is_enough_and_one_success_ends_it():
    breaker = Breaker(most=3, rest_seconds=0.05)
    for _ in range(3):
        breaker.failed("one")
    time.sleep(0.06)
    assert not _rests(breaker)
    breaker.failed("one")
    assert _rests(breaker)
    time.sleep(0.06)
    breaker.answered("one", 200)
    breaker.failed("one")
    assert not _rests(breaker)
