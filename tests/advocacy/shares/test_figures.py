"""LinkedIn's own figures: read for their owner, within the day's calls, gone in time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.accounts.to_revoke import about_token
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES
from advocacy.shares.figure_rows import ShareFigures
from advocacy.shares.figures import (
    AGAIN,
    FRESH,
    LONGEST,
    MOST_AT_ONCE,
    figures_of,
    forget_old_figures,
)
from advocacy.shares.models import Share, ShareState, Way
from advocacy.shares.publishing import publish_share
from advocacy.shares.reading_figures import read_figures
from advocacy.shares.service_rows import CallBudget
from advocacy.withdrawal import withdrawal_cascade
from integrations.clock import clock_at, now
from integrations.linkedin.figures import LinkedInFigures
from integrations.linkedin.sign_on import LinkedInSignOn
from tests.advocacy.shares.making import VAULT, make_item, make_person, queue_due
from tests.integrations.linkedin_sandbox.serving import running_sandbox

P2 = Purpose.READ_MY_FIGURES
A_DAY = timedelta(days=1)


@pytest.fixture
def outside(station, sandbox):
    return outside_with(station, sandbox)


def outside_with(station, sandbox, **changes):
    second = sandbox.settings_for_figures(**changes)
    mine = station.outside
    return replace(
        mine,
        sign_ons=mine.sign_ons | {LINKEDIN_FIGURES: LinkedInSignOn(second)},
        figure_readers={LINKEDIN: LinkedInFigures(second)},
    )


def let_read(session, sandbox, person) -> Account:
    """The purpose is on, and the second account connected."""
    give(session, person, P2, "en", "a test", now())
    access = sandbox.figures_access_for(f"{person.name} {person.id}")
    locked = VAULT.lock(access.token, about_token(person.id, LINKEDIN_FIGURES))
    account = Account(
        person_id=person.id,
        network=LINKEDIN_FIGURES,
        client_id="second",
        member_id=access.member_id,
        member_name=person.name,
        scopes=["r_member_postAnalytics"],
        token_locked=locked.data,
        token_key_id=locked.key_id,
        connected_at=now() - A_DAY,
        expires_at=now() + 50 * A_DAY,
    )
    session.add(account)
    session.commit()
    return account


@pytest.fixture
def posted(session, person, item, station, sandbox):
    """A post of two days ago, by the network's clock."""
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    session.refresh(share)
    for post in sandbox.memory.posts.values():
        post.received_at -= 2 * A_DAY.total_seconds()
    return share


def stored(session) -> list[ShareFigures]:
    session.expire_all()
    return list(session.scalars(select(ShareFigures)))


def calls(session) -> int:
    return (
        session.scalar(
            select(func.sum(CallBudget.calls)).where(
                CallBudget.network == LINKEDIN_FIGURES, CallBudget.who == "app"
            )
        )
        or 0
    )


@pytest.mark.parametrize("version", ["202601", "202609"])
def test_the_figures_come_in_both_shapes_of_answer(
    session, person, posted, station, sandbox, version
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside_with(station, sandbox, version=version))
    (figures,) = stored(session)
    assert figures.share_id == posted.id
    assert set(figures.counts) == {
        "shown",
        "reached",
        "reactions",
        "comments",
        "reshares",
    }
    assert figures.counts["shown"] > figures.counts["reached"] > 0
    assert figures.read_at is not None
    assert figures_of(session, person.id, now()).keys() == {posted.id}


def test_a_post_that_linkedin_has_no_figures_of_has_none_and_not_zero(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    for post in sandbox.memory.posts.values():
        post.deleted = True
    read_figures(person.id, outside)
    (figures,) = stored(session)
    assert figures.counts == {}
    assert figures.read_at is not None


def test_nothing_is_read_for_somebody_who_did_not_allow_it(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    withdraw(session, person, P2, "en", "pressed", now(), [])  # the account forgotten
    session.commit()
    read_figures(person.id, outside)
    assert stored(session) == []
    assert calls(session) == 0


def test_without_the_second_app_nothing_is_read(
    session, person, posted, station, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, station.outside)
    assert stored(session) == []


def test_turning_it_off_deletes_figures_and_key_in_the_same_transaction(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    assert len(stored(session)) == 1
    cascade = withdrawal_cascade(outside)
    withdraw(session, person, P2, "en", "pressed", now(), cascade)
    # Before anything is committed or any other process had a chance.
    assert stored(session) == []
    assert account_of(session, person.id, LINKEDIN_FIGURES) is None
    # Posting is another purpose.
    assert account_of(session, person.id, LINKEDIN) is not None


def test_turning_posting_off_leaves_the_figures(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    cascade = withdrawal_cascade(outside)
    withdraw(session, person, Purpose.POST_FOR_ME, "en", "pressed", now(), cascade)
    assert len(stored(session)) == 1
    assert account_of(session, person.id, LINKEDIN_FIGURES) is not None


def test_what_is_read_while_it_is_turned_off_is_not_stored(
    session, person, posted, outside, sandbox, monkeypatch
):
    let_read(session, sandbox, person)
    reader = outside.figure_readers[LINKEDIN]
    figures = reader.figures

    def slow(*given):
        found = figures(*given)
        cascade = withdrawal_cascade(outside)
        withdraw(session, person, P2, "en", "pressed", now(), cascade)
        session.commit()
        return found

    monkeypatch.setattr(reader, "figures", slow)
    read_figures(person.id, outside)
    assert stored(session) == []


def test_nothing_is_kept_for_48_hours_though_the_clock_comes_once_an_hour(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    read_at = stored(session)[0].read_at
    forget_old_figures(session, read_at + LONGEST - timedelta(hours=3))
    assert len(stored(session)) == 1
    assert figures_of(session, person.id, read_at + LONGEST) == {}
    # The last run of the clock before 48 hours are over.
    forget_old_figures(session, read_at + LONGEST - timedelta(hours=1))
    assert stored(session) == []


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


@pytest.mark.parametrize("new", [True, False])
def test_a_refused_token_asks_for_a_new_connection_unless_it_is_only_too_new(
    session, person, posted, outside, sandbox, new
):
    account = let_read(session, sandbox, person)
    if new:
        account.connected_at = now()
        session.commit()
    sandbox.revoke_all()
    read_figures(person.id, outside)
    session.refresh(account)
    assert (account.refused_at is None) is new
    # With a new one the next look asks again at once.
    assert len(stored(session)) == (0 if new else 1)
    assert account_of(session, person.id, LINKEDIN).refused_at is None


def test_another_members_account_reads_nothing_of_ones_posts(
    session, person, posted, outside, sandbox
):
    stranger = make_person(session)
    account = let_read(session, sandbox, stranger)
    account.person_id = person.id
    locked = VAULT.lock(
        sandbox.figures_access_for("Somebody Else").token,
        about_token(person.id, LINKEDIN_FIGURES),
    )
    account.token_locked = locked.data
    give(session, person, P2, "en", "a test", now())
    session.commit()
    read_figures(person.id, outside)
    (figures,) = stored(session)
    assert figures.counts == {}
    assert figures.read_at is None


def test_figures_of_others_are_not_ones_own(session, person, posted, outside, sandbox):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    assert figures_of(session, make_person(session).id, now()) == {}
