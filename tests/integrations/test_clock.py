"""Days as networks count them."""

from datetime import UTC, datetime

import pytest

from integrations.clock import next_midnight


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-22T00:00:00+00:00",
        "2026-11-22T23:59:59.999999+00:00",
        "2026-11-23T00:30:00+01:00",
        "2026-11-21T22:00:00-05:00",
    ],
)
def test_a_day_ends_at_midnight_in_utc_wherever_the_clock_stands(moment):
    ends = datetime(2026, 11, 23, tzinfo=UTC)
    assert next_midnight(datetime.fromisoformat(moment)) == ends
