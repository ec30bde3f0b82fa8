"""Writing again: the composer opens with the words a person had confirmed before."""

import pytest
from sqlalchemy import select

from advocacy.shares.models import Share, ShareState, Way
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.pictures import add_picture
from tests.advocacy.library.reading import fields
from tests.advocacy.shares.making import make_item, put_into

TEXT = "I stood under tower 41 in the rain.\n\n  Nobody cheered."


@pytest.fixture
def undone(session, story):
    """A share with a second picture, for connections only, that was undone."""

    def store(desk):
        add_picture(session, story)
        other = add_picture(session, story, position=1)
        session.commit()
        desk.open()
        desk.share(TEXT, picture=other.public_id, seen="connections")
        session.expire_all()
        share = session.scalars(select(Share)).one()
        desk.browser.post(f"/shares/{share.public_id}/undo")
        return share, other

    return store


def again(desk, share):
    return f"/items/{desk.item.id}?again={share.public_id}"


def test_the_list_leads_to_the_words_that_were_confirmed(desk, undone):
    share, picture = undone(desk)
    source = desk.browser.get("/shares").get_data(as_text=True)
    assert f'href="{again(desk, share)}"' in source
    typed = fields(desk.browser.get(again(desk, share)), desk.action)
    assert typed["text"].replace("\r\n", "\n") == TEXT
    assert typed["picture"] == picture.public_id
    assert typed["seen"] == "connections"
    assert typed["at"] == ""


def test_they_can_be_shared_as_they_stand(desk, undone, session):
    share, picture = undone(desk)
    desk.page = desk.browser.get(again(desk, share))
    assert desk.press("share", live="yes").status_code == 302
    session.expire_all()
    anew = session.scalars(select(Share).order_by(Share.id.desc())).first()
    assert anew.id != share.id
    assert anew.text == share.text
    assert anew.media_id == picture.id


def test_a_post_that_had_no_picture_gets_none_now(desk, session, story):
    add_picture(session, story)
    session.commit()
    desk.open()
    desk.share(TEXT, picture="none")
    share = session.scalars(select(Share)).one()
    desk.browser.post(f"/shares/{share.public_id}/undo")
    typed = fields(desk.browser.get(again(desk, share)), desk.action)
    assert typed["picture"] == "none"


def test_somebody_elses_words_are_nobodys_to_open(desk, undone, browser_of, newcomer):
    share, _picture = undone(desk)
    stranger = browser_of(newcomer)
    assert stranger.get(again(desk, share)).status_code == 404


@pytest.mark.parametrize("named", ["nothing-is-called-so", "\0", ""])
def test_a_share_that_is_not_there_has_no_page(desk, named):
    found = desk.browser.get(f"/items/{desk.item.id}", query_string={"again": named})
    assert found.status_code == (404 if named else 200)


def test_the_words_belong_to_their_own_story(desk, reader, undone, session):
    share, _picture = undone(desk)
    other = make_item(session)
    session.commit()
    assert reader.get(f"/items/{other.id}?again={share.public_id}").status_code == 404


@pytest.mark.parametrize("state", [ShareState.FAILED, ShareState.REMOVED])
def test_words_that_failed_or_were_deleted_open_too(desk, undone, session, state):
    share, _picture = undone(desk)
    share.way = Way.ACCOUNT
    put_into(session, share, state)
    session.commit()
    assert fields(desk.browser.get(again(desk, share)), desk.action)["text"]


def test_a_story_to_read_only_opens_without_a_box(desk, undone, session, story):
    share, _picture = undone(desk)
    story.read_only = True
    session.commit()
    page = desk.browser.get(again(desk, share))
    assert page.status_code == 200
    assert "<textarea" not in page.get_data(as_text=True)


def test_another_desk_starts_empty(desk, undone):
    undone(desk)
    typed = fields(Desk(desk.browser, desk.item).page, desk.action)
    assert typed["text"] == ""
