"""A network's version that ends, or is gone, is named with the setting to change."""

from dataclasses import replace
from datetime import date, timedelta

from advocacy.shares.models import PublishingPause
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.service_rows import StopCause
from integrations.clock import now
from tests.advocacy.library.reading import words
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


def test_an_ended_version_is_on_the_page_with_its_day(session, admin, app):
    parts = app.extensions["advocacy"]
    networks = {"linkedin": Net(date(2026, 1, 15)), "mastodon": Net()}
    outside = replace(parts.outside, networks=networks)
    app.extensions["advocacy"] = replace(parts, outside=outside)

    page = admin.get("/service").get_data(as_text=True)

    assert "LinkedIn serves the version of its interface that is set until" in page
    assert "Set a newer one before: LINKEDIN_VERSION is 202609." in page
    assert "no end" in page
