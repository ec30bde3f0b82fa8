"""Whether a member's next post waits for another day, asked beforehand."""

from datetime import timedelta

import pytest

from advocacy.shares.budget import (
    PARTS,
    SMALLEST_DIVIDED,
    count,
    is_used_up,
    mark_spent,
)
from integrations.network import DayLimits
from tests.advocacy.shares.paying import DAY, JOOST, MARIT

LIMITS = DayLimits(member=10, app=100)
IN_PARTS = DayLimits(app=SMALLEST_DIVIDED)


@pytest.mark.parametrize("limits", [LIMITS, IN_PARTS])
@pytest.mark.parametrize("whole_app", [True, False])
def test_what_the_network_said_holds_until_the_day_is_over(session, limits, whole_app):
    assert not is_used_up(session, MARIT, limits)
    mark_spent(session, MARIT, limits, whole_app=whole_app)
    assert is_used_up(session, MARIT, limits)
    assert is_used_up(session, JOOST, limits) is whole_app
    tomorrow = MARIT._replace(day=DAY + timedelta(days=1))
    assert not is_used_up(session, tomorrow, limits)
    assert not is_used_up(session, MARIT._replace(network="mastodon"), limits)


def test_what_we_counted_ourselves_counts_as_well(session):
    count(session, MARIT, 8, LIMITS)
    assert not is_used_up(session, MARIT, LIMITS)
    count(session, MARIT, 1, LIMITS)  # a tenth stays for deleting
    assert is_used_up(session, MARIT, LIMITS)
    assert not is_used_up(session, MARIT, DayLimits())


@pytest.mark.parametrize("limits", [LIMITS, IN_PARTS])
def test_a_colleagues_day_is_their_own_and_the_apps_is_everybodys(session, limits):
    most = limits.app * 9 // 10
    count(session, JOOST, most - 1 - PARTS, limits)
    for _part in range(PARTS):  # of any of the app's parts
        count(session, JOOST, 1, limits)
    assert not is_used_up(session, MARIT, limits)
    count(session, JOOST, 1, limits)
    assert is_used_up(session, MARIT, limits)
