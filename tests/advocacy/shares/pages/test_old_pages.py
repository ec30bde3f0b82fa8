"""A page that stood open: a press on it does what it showed, or shows what changed."""

import pytest

from advocacy.shares.models import PublishAttempt, ShareState
from content.items import ItemKind
from content.mentions import MentionRow
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import attempt_of, make_item, state_of
from tests.advocacy.shares.pages.pressing import POST, press, press_on, seen

S = ShareState
LOOK = "Something changed since you last looked, so nothing was sent. Look once more."
SENT = "This was sent once more since you opened the page"
STANDS = "This is how it stands now."


@pytest.fixture
def story(session):
    return make_item(session, ItemKind.LINK)


@pytest.fixture
def doubted(session, story, keep):
    """Tried once, and nobody knows."""
    share = keep(S.UNCERTAIN, item_id=story.id)
    session.add(attempt_of(share.id, outcome="uncertain"))
    session.commit()
    return share


def tried_once_more(session, share):
    n = session.query(PublishAttempt).filter_by(share_id=share.id).count() + 1
    session.add(attempt_of(share.id, n, outcome="uncertain"))
    session.commit()


@pytest.mark.parametrize("state", [S.UNCERTAIN, S.MISSED])
@pytest.mark.parametrize(
    "change",
    [
        {"link_title": "Another title on the card"},
        {"link_address": "https://veenstroom.example/another-page"},
        {"link_description": "Another line below it."},
    ],
)
def test_a_story_that_changed_is_shown_before_it_is_sent_again(
    reader, session, story, keep, state, change
):
    share = keep(state, item_id=story.id)
    old = seen(reader, share, "again")
    for name, value in change.items():
        setattr(story, name, value)
    story.epoch += 1
    session.commit()

    page = press_on(reader, share, "again", old)

    assert page.status_code == 422
    assert LOOK in words(page)
    assert "The editors changed the story since you shared it." in words(page)
    assert "I was there." in words(page)
    assert state_of(session, share) is state
    if "link_title" in change:
        assert change["link_title"] in words(page)
    press_on(reader, share, "again", fields(page, "/again"))
    assert state_of(session, share) is S.SCHEDULED


def test_whom_a_name_means_is_shown_before_it_is_sent_again(
    reader, session, keep, story
):
    named = MentionRow(name="Veenstroom", network_id="1")
    session.add(named)
    share = keep(S.UNCERTAIN, item_id=story.id, text="With @Veenstroom.")
    old = seen(reader, share, "again")
    named.network_id = "2"
    session.commit()

    page = press_on(reader, share, "again", old)

    assert page.status_code == 422
    assert LOOK in words(page)
    assert state_of(session, share) is S.UNCERTAIN


@pytest.mark.parametrize("sent", [{}, {"confirmed": "x", "attempt": "1"}])
def test_what_nobody_saw_is_shown_first(reader, session, doubted, sent):
    page = press_on(reader, doubted, "again", sent)
    assert page.status_code == 422
    assert "Confirm and send again" in words(page)
    assert state_of(session, doubted) is S.UNCERTAIN


def test_what_was_sent_in_another_tab_is_not_sent_a_third_time(
    reader, session, doubted
):
    old = seen(reader, doubted, "again")
    tried_once_more(session, doubted)

    page = press_on(reader, doubted, "again", old)

    assert page.status_code == 422
    assert SENT in words(page)
    assert "I was there." in words(page)
    assert state_of(session, doubted) is S.UNCERTAIN
    press_on(reader, doubted, "again", fields(page, "/again"))
    assert state_of(session, doubted) is S.SCHEDULED


@pytest.mark.parametrize("way", ["there", "leave"])
def test_an_answer_is_about_the_doubt_that_was_on_the_screen(
    reader, session, doubted, way
):
    old = seen(reader, doubted, way)
    tried_once_more(session, doubted)
    assert STANDS in words(press_on(reader, doubted, way, old))
    assert state_of(session, doubted) is S.UNCERTAIN
    press(reader, doubted, way)
    assert state_of(session, doubted) is not S.UNCERTAIN


def test_a_post_is_stopped_while_it_is_the_one_that_was_on_the_screen(
    reader, session, keep
):
    share = keep(S.SENDING)
    old = seen(reader, share, "stop")
    tried_once_more(session, share)
    assert STANDS in words(press_on(reader, share, "stop", old))
    session.refresh(share)
    assert not share.take_off_again
    press(reader, share, "stop")
    session.refresh(share)
    assert share.take_off_again


def test_a_post_is_deleted_at_the_address_that_was_on_the_screen(reader, session, keep):
    share = keep(S.PUBLISHED_UNVERIFIED, post_address=POST)
    old = seen(reader, share, "delete")
    press(reader, share, "address", address=POST.replace("808", "809"))
    page = press_on(reader, share, "delete", old)
    assert STANDS in words(page)
    assert state_of(session, share) is S.PUBLISHED_UNVERIFIED


def test_a_plan_is_changed_with_the_story_that_was_on_the_screen(
    reader, session, keep, story
):
    share = keep(S.MISSED, item_id=story.id)
    where = f"/shares/{share.public_id}/time"
    old = fields(reader.get(where), "/time")
    story.link_title = "Another title on the card"
    story.epoch += 1
    session.commit()

    page = press_on(reader, share, "time", old | {"seen": "connections"})

    assert LOOK in words(page)
    assert "Another title on the card" in words(page)
    assert state_of(session, share) is S.MISSED
    kept = fields(page, "/time")
    assert kept["seen"] == "connections"
    press_on(reader, share, "time", kept)
    assert state_of(session, share) is S.SCHEDULED
