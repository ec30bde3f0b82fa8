"""Planned on one's own clock, and seen on it; what is planned stays where it was put."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.shares.models import Share, ShareState
from integrations.clock import clock_at
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import queue
from tests.advocacy.shares.pages.pressing import press
from tests.conftest import make_settings

MOMENT = datetime(2026, 11, 18, 12, tzinfo=UTC)
NEW_YORK = "America/New_York"


@pytest.fixture
def settings(postgres, valkey, tmp_path):
    """An organisation in New York."""
    address = postgres.address("advocacy_test")
    return make_settings(address, valkey.address, tmp_path / "data", time_zone=NEW_YORK)


@pytest.fixture(autouse=True)
def in_november(session, me):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = MOMENT + timedelta(days=50)
    me.time_zone = None
    session.commit()
    with clock_at(MOMENT):
        yield


@pytest.fixture
def planned(session, me, item):
    """A post for half past eight in Amsterdam."""
    zone = {"time_zone": "Europe/Amsterdam"}
    share = queue(session, me, item, wall_time="2026-11-25T08:30", **zone)
    session.commit()
    return share


def choose(reader, zone):
    assert reader.post("/time-zone", data={"zone": zone}).status_code == 302


@pytest.mark.parametrize(
    ("zone", "city", "hour"),
    [("", "New York", 13), ("Asia/Tokyo", "Tokyo", 23), ("Europe/Lisbon", "Lisbon", 8)],
)
def test_a_time_is_read_and_shown_on_the_persons_clock(
    reader, session, item, zone, city, hour
):
    choose(reader, zone)
    desk = Desk(reader, item)
    assert f"{city} time. Empty is now." in words(desk.page)
    desk.share("I was there.", at="2026-11-25T08:30")
    share = session.scalars(select(Share)).one()
    assert share.time_zone == (zone or NEW_YORK)
    day = 24 if hour == 23 else 25
    assert share.due_at == datetime(2026, 11, day, hour, 30, tzinfo=UTC)
    assert "Wednesday 25 November at 08:30" in words(reader.get("/shares"))
    assert f"{city} time" in words(reader.get("/shares"))


def test_what_is_planned_keeps_its_time_and_zone_and_is_shown_on_the_new_clock(
    reader, session, planned
):
    choose(reader, "Asia/Tokyo")
    session.refresh(planned)
    assert planned.wall_time == "2026-11-25T08:30"
    assert planned.time_zone == "Europe/Amsterdam"
    assert planned.due_at == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
    said = words(reader.get("/shares"))
    assert "Wednesday 25 November at 16:30, Tokyo time" in said


def test_other_words_for_a_post_planned_on_another_clock_do_not_move_it(
    reader, session, planned
):
    choose(reader, "Asia/Tokyo")
    typed = fields(reader.get(f"/shares/{planned.public_id}/time"), "/time")
    assert typed["at"] == "2026-11-25T16:30"
    page = press(reader, planned, "time", **(typed | {"text": "Other words."}))
    press(reader, planned, "time", **fields(page, "/time"))
    session.refresh(planned)
    assert planned.text == "Other words."
    assert planned.time_zone == "Asia/Tokyo"
    assert planned.due_at == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)


def test_sharing_at_once_counts_for_the_day_on_the_persons_clock(reader, session, item):
    choose(reader, "Pacific/Kiritimati")  # 14 hours ahead: there it is the next day
    Desk(reader, item).share("I was there.")
    share = session.scalars(select(Share)).one()
    assert share.state is ShareState.SCHEDULED
    assert share.target_day.isoformat() == "2026-11-19"
