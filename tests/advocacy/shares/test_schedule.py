"""When a post leaves, whatever the clock does."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from advocacy.shares.reasons import Problem
from advocacy.shares.schedule import (
    BadTime,
    Note,
    due,
    read_wall_time,
    resolve,
    zone_of,
)
from integrations.clock import zones

AMSTERDAM = "Europe/Amsterdam"
NOVEMBER = datetime(2026, 11, 21, 9, 0, 20, tzinfo=UTC)  # 10:00 in Amsterdam

every_zone = some.sampled_from(sorted(zones()))
minutes = some.datetimes(
    min_value=datetime.fromisoformat("1970-02-01"),
    max_value=datetime.fromisoformat("2037-12-01"),
).map(lambda wall: wall.replace(second=0, microsecond=0))


def when(wall_time, zone=AMSTERDAM, at=NOVEMBER, **ends):
    return due(wall_time, zone, at, hold_seconds=60, **ends)


def test_without_a_wished_time_it_leaves_after_the_hold():
    assert when("").at == NOVEMBER + timedelta(seconds=60)


def test_a_wall_time_is_meant_on_the_persons_own_clock():
    assert when("2026-11-27T08:30").at == datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
    assert when("2026-11-27T08:30").note is None


def test_a_time_within_the_hold_becomes_its_end():
    assert when("2026-11-21T10:00").at == NOVEMBER + timedelta(seconds=60)
    assert when("2026-11-21T10:01").at == NOVEMBER + timedelta(seconds=60)


def test_a_chosen_time_is_spread_but_not_beyond_the_item_and_never_a_hold():
    spread = timedelta(minutes=5)
    chosen = "2026-11-27T08:30"
    ends = when(chosen).at + timedelta(minutes=2)

    assert when(chosen).spread == timedelta()
    assert when(chosen, spread=spread).spread == spread
    assert when(chosen, spread=spread, item_ends=ends).spread == timedelta(minutes=2)
    for held in ("", "2026-11-21T10:01"):
        assert when(held, spread=spread).spread == timedelta()


@pytest.mark.parametrize(
    ("wall_time", "problem"),
    [
        ("2026-11-21T09:59", Problem.PAST),
        ("2025-11-27T08:30", Problem.PAST),
        ("1066-10-14T09:00", Problem.PAST),
        ("2026-12-22T10:01", Problem.TOO_FAR),
        ("9999-12-31T23:59", Problem.TOO_FAR),
        ("tomorrow", Problem.BAD_TIME),
        ("2026-11-31T08:30", Problem.BAD_TIME),
        ("2026-11-27T08:30Z", Problem.BAD_TIME),
        ("2026-W48-5T08:30", Problem.BAD_TIME),
        ("20261127T0830", Problem.BAD_TIME),
        ("2026-11-27", Problem.BAD_TIME),
        ("2026-11-27T08", Problem.BAD_TIME),
        ("2026-11-27 08:30", Problem.BAD_TIME),
        ("2026-11-27T08:30:00.000", Problem.BAD_TIME),
        ("2026-11-27T08:30:61", Problem.BAD_TIME),
        ("٢026-11-27T08:30", Problem.BAD_TIME),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_its_reason(wall_time, problem):
    with pytest.raises(BadTime) as refused:
        when(wall_time)
    assert refused.value.problem is problem


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_a_zone_that_is_none_is_refused(name):
    with pytest.raises(BadTime) as refused:
        when("2026-11-27T08:30", name)
    assert refused.value.problem is Problem.BAD_ZONE


def test_a_time_beyond_the_life_of_the_connection_is_marked():
    ends = datetime(2026, 11, 27, 7, 35, tzinfo=UTC)
    assert when("2026-11-27T08:30", access_ends=ends).beyond_access
    assert not when("2026-11-27T08:25", access_ends=ends).beyond_access
    assert not when("2026-11-27T08:30").beyond_access


def test_nothing_is_planned_beyond_the_life_of_the_item():
    ends = datetime(2026, 11, 27, 7, 35, tzinfo=UTC)

    with pytest.raises(BadTime) as refused:
        when("2026-11-27T08:35", item_ends=ends)
    assert refused.value.problem is Problem.BEYOND_ITEM
    assert when("2026-11-27T08:34", item_ends=ends).at < ends


def test_an_hour_that_is_skipped_becomes_the_one_after_it_and_is_said():
    at = datetime(2027, 3, 20, tzinfo=UTC)

    found = when("2027-03-28T02:30", "Europe/Berlin", at)

    assert found.at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert (found.local.hour, found.local.minute) == (3, 30)
    assert found.note is Note.MOVED


def test_an_hour_that_comes_twice_is_the_first_one_and_is_said():
    at = datetime(2027, 10, 20, tzinfo=UTC)

    found = when("2027-10-31T02:30", "Europe/Berlin", at)

    assert found.at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert found.note is Note.FIRST


@settings(max_examples=3000, deadline=None)
@given(wall=minutes, name=every_zone)
def test_every_wall_time_in_every_zone_leaves_when_that_clock_shows_it(wall, name):
    zone = zone_of(name)
    found = resolve(wall, zone)

    shown = found.at.astimezone(ZoneInfo(name)).replace(tzinfo=None)
    earlier, later = (
        wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    if found.note is Note.MOVED:
        # The clock never shows it: what is shown instead comes after the gap.
        gap = earlier - later
        assert gap > timedelta(0)
        assert shown == wall + gap
    else:
        assert shown == wall
        assert found.at == min(earlier, later)
        assert (found.note is Note.FIRST) == (earlier != later)


@settings(max_examples=500, deadline=None)
@given(wall=minutes)
def test_a_wall_time_survives_being_written_down(wall):
    assert read_wall_time(wall.strftime("%Y-%m-%dT%H:%M")) == wall


def test_a_browser_may_send_the_seconds_too():
    assert read_wall_time("2026-11-27T08:30:00") == datetime(2026, 11, 27, 8, 30)  # noqa: DTZ001


@given(text=some.text(max_size=40))
def test_any_text_in_the_time_field_is_read_or_refused(text):
    with suppress(BadTime):
        assert read_wall_time(text).tzinfo is None
