"""A network's version that ends, or is gone, is named with the setting to change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from advocacy.shares.claiming import database_time
from advocacy.shares.models import PublishingPause
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.service_rows import StopCause
from integrations.clock import now
from integrations.linkedin.versions import sunset
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_person
from tests.advocacy.signing_in import signed_in
from tests.advocacy.watch.watched import Net


def test_a_version_that_is_gone_is_named_with_its_setting_and_nothing_contradicts_it(
    session, admin
):
    pause = PublishingPause(
        network="linkedin", until=now() + timedelta(minutes=9), reason="426"
    )
    session.add(pause)
    session.commit()

    answer = admin.get("/service")
    said = words(answer)

    assert "LINKEDIN_VERSION is 202609. Set a newer one and restart" in said
    assert "LinkedIn not any more, it says" in said
    assert "15 September 2027" not in said
    # Released with the same version it would only be refused again.
    assert 'class="button" type="submit">Release posting' in answer.text

    stop_publishing(session, StopCause.BY_HAND)
    session.commit()
    page = admin.get("/service").text
    assert 'class="button button--main" type="submit">Release posting' in page


@pytest.fixture
def ends_on(app):
    """Make the last day of LinkedIn's version this one."""

    def make(day):
        parts = app.extensions["advocacy"]
        networks = {"linkedin": Net(day), "mastodon": Net()}
        outside = replace(parts.outside, networks=networks)
        app.extensions["advocacy"] = replace(parts, outside=outside)

    return make


def test_an_ended_version_is_on_the_page_with_its_day(admin, ends_on):
    ends_on(date(2026, 1, 15))

    page = admin.get("/service").get_data(as_text=True)

    assert "LinkedIn serves the version of its interface that is set until" in page
    assert "Set a newer one before: LINKEDIN_VERSION is 202609." in page
    assert "no end" in page


@pytest.mark.parametrize(("days", "is_told"), [(61, False), (60, True), (-1, True)])
def test_an_end_is_told_on_every_page_of_administrators_sixty_days_ahead(
    session, admin, app, ends_on, days, is_told
):
    colleague = signed_in(app.test_client(), session, make_person(session))
    ends_on(database_time(session).date() + timedelta(days=days))

    for path in ("/", "/shares", "/service"):
        assert ("LinkedIn serves the version" in words(admin.get(path))) is is_told
        assert "LinkedIn serves the version" not in words(
            colleague.get(path, follow_redirects=True)
        )


def test_the_end_is_the_one_of_the_version_that_is_set(app):
    linkedin = app.extensions["advocacy"].outside.networks["linkedin"]
    settings = app.extensions["advocacy"].settings
    assert linkedin.served_until() == sunset(settings.linkedin_version)
