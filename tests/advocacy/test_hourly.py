"""What the clock does every hour, once however often it runs."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy import hourly
from advocacy.accounts.queries import account_of
from advocacy.links.models import ClickDay, ClickTotal, Link, Outcome
from advocacy.links.operations import link_for
from advocacy.people.models import SignIn
from advocacy.people.sign_ins import start_sign_in
from advocacy.reach.drafts import Drafts
from advocacy.reach.tasks import open_drafts
from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.station import open_station
from content.items import ItemKind
from content.media import Media, MediaKind
from integrations.clock import clock_at, now
from tests.advocacy.links.stored_visits import count_now
from tests.advocacy.shares.making import (
    connect_account,
    consent_of,
    make_item,
    make_person,
    make_station,
    put_into,
    queue,
    share_rows,
    state_of,
)
from tests.integrations.linkedin_sandbox.serving import running_sandbox


@pytest.fixture
def station(session, tmp_path):
    with running_sandbox() as sandbox:
        station = make_station(sandbox, session.get_bind().engine, tmp_path)
        open_station(station)
        yield station


@pytest.fixture
def person(session, station):
    person = make_person(session)
    connect_account(session, person)
    return person


def test_a_consent_that_ran_out_takes_share_and_token_along(session, person):
    share = queue(session, person, make_item(session))
    consent_of(session, person).since = now() - timedelta(days=367)
    session.commit()

    for _twice in range(2):
        hourly.expire_consents()

    assert state_of(session, share) is ShareState.CANCELLED
    assert share.reason == Reason.CONSENT
    session.expire_all()
    assert account_of(session, person.id, "linkedin") is None


def test_a_consent_in_its_year_stays(session, person):
    share = queue(session, person, make_item(session))
    session.commit()
    hourly.expire_consents()
    assert state_of(session, share) is ShareState.SCHEDULED


def test_a_token_that_is_over_is_forgotten(session, person):
    account_of(session, person.id, "linkedin").expires_at = now()
    session.commit()
    for _twice in range(2):
        hourly.forget_ended_accounts()
    session.expire_all()
    assert account_of(session, person.id, "linkedin") is None


def test_what_was_being_stored_when_its_process_was_killed_goes(session, station):
    files = station.outside.files
    left, young = files.folder / "new-left", files.folder / "new-young"
    for file in (left, young):
        file.write_bytes(b"half a video")
    long_ago = (now() - timedelta(minutes=2)).timestamp()
    os.utime(left, (long_ago, long_ago))

    for _twice in range(2):
        hourly.forget_uploads()

    assert (left.exists(), young.exists()) == (False, True)


def test_files_of_a_form_that_was_never_sent_go_after_a_day(session, station):
    names = []
    for age in (timedelta(hours=23), timedelta(hours=25)):
        name = station.outside.files.put(b"a picture", ".jpg")
        names.append(name)
        media = Media(
            kind=MediaKind.PICTURE,
            stored_name=name,
            content_type="image/jpeg",
            width=1,
            height=1,
            size_bytes=9,
            sha256="",
            created_at=now() - age,
        )
        session.add(media)
    session.commit()

    for _twice in range(2):
        hourly.forget_uploads()

    assert session.scalars(select(Media.stored_name)).all() == names[:1]
    assert not station.outside.files.path(names[1]).exists()
    assert station.outside.files.path(names[0]).exists()


def test_sign_ins_that_are_over_are_forgotten_and_others_stay(session, person):
    long_ago = now() - timedelta(days=2)
    start_sign_in(session, person, long_ago)
    start_sign_in(session, person, now())
    session.commit()

    hourly.forget_sign_ins()

    [left] = session.scalars(select(SignIn))
    assert left.started_at > long_ago


def test_shares_of_long_ago_go_and_figures_are_released_first(
    session, person, station, monkeypatch, tmp_path
):
    open_drafts(Drafts(tmp_path))
    share = queue(session, person, make_item(session))
    share.due_at = now() - timedelta(days=397)
    put_into(session, share, ShareState.MISSED)
    session.commit()
    there_at_release, release = [], hourly.run_due_releases

    def look_and_release():
        there_at_release.append(share_rows(session))
        release()

    monkeypatch.setattr(hourly, "run_due_releases", look_and_release)

    for _twice in range(2):
        hourly.forget_shares()

    assert there_at_release == [1, 0]


def test_old_links_end_old_days_are_put_together_and_figures_go_first(
    session, person, station, monkeypatch, tmp_path
):
    open_drafts(Drafts(tmp_path))
    item, today = make_item(session, ItemKind.LINK), now().date()
    ages = [800, 400, 120]
    for age in ages:
        with clock_at(now() - timedelta(days=age)):
            link_for(session, item.id, item.link_address, person.id)
    links = session.scalars(select(Link).order_by(Link.created_at)).all()
    day = today - timedelta(days=101)
    count_now(session, [(one.code, day, Outcome.COUNTED, 3) for one in links])
    _gone, nobodys, mine = [one.code for one in links]
    days_at_release, release = [], hourly.run_due_releases

    def look_and_release():
        days_at_release.extend(session.scalars(select(ClickDay.day)))
        release()

    monkeypatch.setattr(hourly, "run_due_releases", look_and_release)

    for _twice in range(2):
        hourly.forget_visits()

    assert days_at_release == [day] * 3
    kept = dict(session.execute(select(Link.code, Link.person_id)).all())
    assert kept == {nobodys: None, mine: person.id}
    totals = session.execute(select(ClickTotal.code, ClickTotal.visits)).all()
    assert totals == [(mine, 3)]
    assert session.scalars(select(ClickDay.day)).all() == []
