"""Figures are read again in time, and within the calls of a day."""

from datetime import timedelta

from sqlalchemy import select

from advocacy.shares.figures import AGAIN, FRESH, MOST_AT_ONCE
from advocacy.shares.models import Share, ShareState, Way
from advocacy.shares.reading_figures import read_figures
from advocacy.shares.service_rows import CallBudget
from integrations.clock import clock_at, now
from tests.advocacy.shares.figures.reading import (
    A_DAY,
    calls,
    let_read,
    outside_with,
    stored,
)
from tests.advocacy.shares.making import make_item
from tests.integrations.linkedin_sandbox.serving import running_sandbox


def test_figures_are_read_again_after_half_a_day_and_not_before(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    first = stored(session)[0].read_at
    with clock_at(first + FRESH - timedelta(minutes=1)):
        read_figures(person.id, outside)
    assert stored(session)[0].read_at == first
    with clock_at(first + FRESH):
        read_figures(person.id, outside)
    assert stored(session)[0].read_at > first


def test_what_linkedin_did_not_know_yet_is_asked_again_after_an_hour(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    (post,) = sandbox.memory.posts.values()
    post.deleted = True  # not known to the counters
    read_figures(person.id, outside)
    post.deleted = False
    with clock_at(now() + AGAIN - timedelta(minutes=1)):
        read_figures(person.id, outside)
    assert stored(session)[0].counts == {}
    with clock_at(now() + AGAIN):
        read_figures(person.id, outside)
    assert stored(session)[0].counts["shown"] > 0


def test_two_workers_read_a_post_once(session, person, posted, outside, sandbox):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    read_figures(person.id, outside)
    assert calls(session) == 5


def test_the_newest_posts_come_first_and_the_days_calls_are_not_exceeded(
    session, person, outside, sandbox
):
    """A tenth is left: 18 posts of five calls."""
    let_read(session, sandbox, person)
    for number in range(25):
        session.add(old_post(session, person, number))
    session.commit()
    read_figures(person.id, outside)
    assert len(stored(session)) == MOST_AT_ONCE
    newest = select(Share.id).order_by(Share.posted_at.desc()).limit(MOST_AT_ONCE)
    assert {one.share_id for one in stored(session)} == set(session.scalars(newest))
    for _look in range(3):
        read_figures(person.id, outside)
    assert calls(session) == 90
    assert sum(one.read_at is not None for one in stored(session)) == 18


def old_post(session, person, number: int) -> Share:
    moment = now() - (number + 1) * A_DAY
    return Share(
        person_id=person.id,
        item_id=make_item(session).id,
        way=Way.ACCOUNT,
        state=ShareState.PUBLISHED,
        text="I was there.",
        confirmation="0" * 64,
        due_at=moment,
        target_day=moment.date(),
        next_at=moment,
        consent_epoch=1,
        content_epoch=1,
        post_id=f"urn:li:share:{7141138937766390000 + number}",
        posted_at=moment,
    )


def test_when_linkedin_says_the_day_is_over_nobody_asks_again_that_day(
    session, person, posted, station, item
):
    with running_sandbox(figures_member_calls_a_day=3) as strict:
        let_read(session, strict, person)
        outside = outside_with(station, strict)
        read_figures(person.id, outside)
        (figures,) = stored(session)
        assert figures.read_at is None
        with clock_at(now() + AGAIN):
            read_figures(person.id, outside)
    spent = session.scalars(select(CallBudget.who).where(CallBudget.spent)).all()
    assert len(spent) == 1
    assert spent != ["app"]
    assert calls(session) == 5
