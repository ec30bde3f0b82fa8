"""Changing a plan has the writing desk's own help: count, names to mention, the line."""

from datetime import timedelta

import pytest

from advocacy.shares.models import ShareState
from content.mentioning import keep_mention
from integrations.clock import now
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.pages.pressing import press


@pytest.fixture
def plan(keep):
    return keep(ShareState.SCHEDULED, at=now() + timedelta(days=2))


def _typed(reader, plan, **more):
    return fields(reader.get(f"/shares/{plan.public_id}/time"), "/time") | more


def test_the_characters_are_counted(reader, plan):
    assert "12 of 3,000 characters" in words(
        reader.get(f"/shares/{plan.public_id}/time")
    )
    page = press(reader, plan, "time", **_typed(reader, plan, text="x" * 2900))
    assert "100 left" in words(page)


def test_the_organisations_that_can_be_named_are_listed(reader, plan, session):
    address = f"/shares/{plan.public_id}/time"
    assert "Organisations you can name" not in words(reader.get(address))
    keep_mention(session, "Bakker B.V.", "3")
    session.commit()
    said = words(reader.get(address))
    assert "Organisations you can name with @" in said
    assert "@Bakker B.V." in said


def test_whether_it_is_clear_where_one_works_is_said(reader, plan):
    unclear = "<div data-unclear hidden>"
    assert unclear not in reader.get(f"/shares/{plan.public_id}/time").text
    told = _typed(reader, plan, text="I work at Veenstroom. I was there.")
    assert unclear in press(reader, plan, "time", **told).text


def test_the_line_is_put_in_front_and_nothing_is_stored(reader, plan, session):
    page = press(reader, plan, "time", **_typed(reader, plan), do="disclose")
    kept = fields(page, "/time")
    assert kept["text"] == "I work at Veenstroom. I was there."
    session.refresh(plan)
    assert plan.text == "I was there."


def test_a_look_keeps_what_is_typed_and_stores_nothing(reader, plan, session):
    later = (now() + timedelta(days=5)).strftime("%Y-%m-%dT10:00")
    page = press(reader, plan, "time", **_typed(reader, plan, at=later), do="preview")
    assert fields(page, "/time")["at"] == later
    session.refresh(plan)
    assert plan.wall_time == ""
