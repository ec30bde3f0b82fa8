"""What posting, deleting and the clock do with the calls of a day."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.outside import LINKEDIN
from advocacy.shares.budget import FOR_POSTING, count, payer_of, used_by_app
from advocacy.shares.claiming import database_time
from advocacy.shares.deleting import take_down
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import CallBudget
from advocacy.shares.tasks import forget
from content.items import ItemKind
from content.movie_making import LARGEST_RESULT
from integrations.clock import now
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.media_limits import MOST_PICTURES
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import DayLimits, Document, Picture, PostDraft, Video
from tests.advocacy.shares.making import (
    add_media,
    connect_account,
    make_item,
    make_person,
    make_station,
    queue_due,
    state_of,
)
from tests.integrations.linkedin_sandbox.serving import running_sandbox

S = ShareState
OPEN = DayLimits()


@dataclass
class Narrow:
    """The same network, which takes less."""

    network: object
    day_limits: DayLimits

    def __getattr__(self, name):
        return getattr(self.network, name)


@pytest.fixture
def narrow(station):
    def narrow(**limits):
        network = Narrow(station.outside.networks[LINKEDIN], DayLimits(**limits))
        outside = replace(station.outside, networks={LINKEDIN: network})
        return replace(station, outside=outside)

    return narrow


def midnight(session):
    at = database_time(session) + timedelta(days=1)
    return datetime(at.year, at.month, at.day, tzinfo=UTC)


def test_what_is_over_the_limit_waits_for_midnight_without_a_call(
    session, person, share, narrow, sandbox
):
    station = narrow(member=2)
    publish_share(share.id, station)
    second = queue_due(session, person, make_item(session), "Once more.")
    session.commit()

    publish_share(second.id, station)

    assert state_of(session, share) is S.PUBLISHED
    assert state_of(session, second) is S.SCHEDULED
    assert second.reason == Reason.RATE_LIMIT
    assert second.crash_count == 0
    wait = second.next_at - midnight(session)
    assert timedelta(minutes=1) <= wait <= timedelta(minutes=15)
    assert sandbox.creates == 1


@pytest.mark.parametrize("whole_app", [False, True])
def test_a_day_limit_in_the_answer_stops_further_calls_of_those_it_names(
    session, item, tmp_path, whole_app
):
    level = "app" if whole_app else "member"
    with running_sandbox(**{f"{level}_calls_a_day": 0 if whole_app else 1}) as sandbox:
        station = make_station(sandbox, session.get_bind().engine, tmp_path)
        shares = []
        for number in (1, 1, 1, 2):
            if len(shares) in {0, 3}:
                person = make_person(session)
                connect_account(session, person, sandbox.access_for(f"N {number}"))
            shares.append(queue_due(session, person, make_item(session), f"{shares}"))
        session.commit()

        for one in shares:
            publish_share(one.id, station)

        asked = sandbox.memory.call_counts.today()
    *mine, theirs = [state_of(session, one) for one in shares]
    posted, waits = S.PUBLISHED, S.SCHEDULED
    assert mine == ([waits] * 3 if whole_app else [posted, waits, waits])
    assert theirs is (waits if whole_app else posted)
    assert {one.reason for one in shares} - {""} == {Reason.RATE_LIMIT}
    everybody = [one["calls"] for one in asked if one["member"] == ""]
    assert everybody == [1 if whole_app else 2]


def test_a_video_that_is_gone_is_told_although_its_cost_is_not_known(
    session, person, station
):
    item = make_item(session, ItemKind.VIDEO)
    files = station.outside.files
    video = add_media(session, item, files, b"not really", ".mp4")
    share = queue_due(session, person, item, media_id=video.id)
    session.commit()
    files.remove(video.stored_name)

    publish_share(share.id, station)

    assert state_of(session, share) is S.FAILED
    assert share.reason == Reason.MEDIA_GONE


def test_taking_down_is_counted(session, person, share, station, sandbox):
    publish_share(share.id, station)

    take_down(share.id, station.outside)

    today = database_time(session).date()
    assert used_by_app(session, LINKEDIN, today) == 2


def test_the_clock_forgets_old_counts(session, station):
    old = payer_of(LINKEDIN, "member-1", now().date() - timedelta(days=3))
    count(session, old, 1, OPEN)
    session.commit()

    forget()

    assert session.scalars(select(CallBudget)).all() == []


def test_the_dearest_post_there_can_be_fits_into_a_day(tmp_path):
    """Or it would wait for ever: no day has more."""
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(LARGEST_RESULT)
    video = Video(film, "A long one", captions=film, poster=film)
    pictures = [Picture(film, "One of many")] * MOST_PICTURES
    network = LinkedIn(LinkedInSettings("id", "secret", "http://localhost/back"))

    for draft in (
        PostDraft("Look.", video=video),
        PostDraft("Look.", pictures=pictures),
        PostDraft("Look.", document=Document(film, "Pages")),
    ):
        calls = network.calls_for(draft)
        assert calls <= FOR_POSTING * network.day_limits.member
