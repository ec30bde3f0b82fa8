"""Many choose nine o'clock: posts leave spread over some minutes, and people read that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.shares.operations import queue_share
from advocacy.shares.wishes import ShareWish
from integrations.clock import clock_at, now
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import TERMS, make_item

MOMENT = datetime(2026, 11, 26, 7, tzinfo=UTC)
NINE = datetime(2026, 11, 26, 8, tzinfo=UTC)
SPREAD = timedelta(minutes=5)
BETWEEN = "Thursday 26 November between 09:00 and 09:05"


@pytest.fixture
def settings(settings):
    return replace(settings, spread_minutes=5)


@pytest.fixture(autouse=True)
def _in_november(session, me):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = MOMENT + timedelta(days=50)
    session.commit()
    with clock_at(MOMENT):
        yield


def at_nine(session, me):
    zone = "Europe/Amsterdam"
    wish = ShareWish("Me too.", wall_time="2026-11-26T09:00", time_zone=zone)
    terms = replace(TERMS, spread_minutes=5)
    return queue_share(session, me, make_item(session), wish, now(), terms=terms)


def test_what_is_planned_for_one_minute_leaves_in_several(session, me):
    shares = [at_nine(session, me) for _many in range(20)]

    assert {share.due_at for share in shares} == {NINE}
    assert all(NINE <= share.next_at < NINE + SPREAD for share in shares)
    assert len({share.next_at.minute for share in shares}) > 1


def test_a_person_reads_between_which_times_it_leaves(reader, session, me):
    share = at_nine(session, me)
    share.next_at = NINE + timedelta(minutes=4)
    session.commit()

    with clock_at(NINE + timedelta(minutes=2)):
        assert f"{BETWEEN}, Amsterdam time" in words(reader.get("/shares"))


def test_a_changed_plan_is_confirmed_with_both_times(reader, session, me):
    share = at_nine(session, me)
    session.commit()
    page = f"/shares/{share.public_id}/time"

    typed = fields(reader.get(page), "/time") | {"text": "Other words."}
    seen = reader.post(page, data=typed)
    assert "It leaves within 5 minutes after it." in words(seen)
    told = reader.post(page, data=fields(seen, "/time"), follow_redirects=True)

    assert f"Planned for {BETWEEN}." in words(told)


def test_whoever_chooses_a_time_is_told_how_close_to_it(reader, session):
    item = make_item(session)
    session.commit()

    page = words(reader.get(f"/items/{item.id}"))

    assert "within 5 minutes after the time you set below" in page
