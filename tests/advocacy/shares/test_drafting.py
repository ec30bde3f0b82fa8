"""What a share becomes on the network, for each kind of item."""

import pytest

from advocacy.shares.drafting import tidy, with_link
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from content.items import ItemKind
from integrations.network import Visibility
from tests.advocacy.shares.making import (
    BASE_URL,
    add_media,
    make_item,
    queue_due,
    state_of,
)
from tests.content.samples import clip, phone_picture

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nTower 41 stands.\n"


@pytest.fixture
def post(session, person, station, sandbox):
    """Queue, publish, and look at what arrived."""

    def post_it(item, **wish):
        share = queue_due(session, person, item, "My words.", **wish)
        session.commit()
        publish_share(share.id, station)
        assert state_of(session, share) is ShareState.PUBLISHED, share.reason
        return share, sandbox.posts()[-1]

    return post_it


def test_a_message_is_its_text(session, post):
    _share, found = post(make_item(session))
    assert found["text"] == "My words."
    assert not found["content"]


def test_a_link_comes_with_a_card_and_a_picture(session, station, post):
    item = make_item(session, ItemKind.LINK)
    add_media(session, item, station.outside.files, phone_picture(), ".jpg")
    share, found = post(item)

    article = found["content"]["article"]
    assert article["source"] == f"{BASE_URL}/l/{share.link_code}"
    assert article["thumbnail"].startswith("urn:li:image:")
    assert found["text"] == "My words."


def test_a_picture_comes_with_its_description_and_the_link_in_the_text(
    session, station, post
):
    item = make_item(
        session, ItemKind.PICTURES, link_address="https://veenstroom.example/41"
    )
    add_media(session, item, station.outside.files, phone_picture(), ".jpg")
    chosen = add_media(session, item, station.outside.files, phone_picture(), ".jpg")
    chosen.alt = "Two fitters in the rain"
    share, found = post(item, media_id=chosen.id)

    assert share.media_id == chosen.id
    assert found["content"]["media"]["altText"] == "Two fitters in the rain"
    assert found["text"] == f"My words.\n\n{BASE_URL}/l/{share.link_code}"


def test_a_video_comes_with_its_title_and_captions(session, station, post, tmp_path):
    item = make_item(session, ItemKind.VIDEO, title="A night in the control room")
    film = clip(tmp_path / "film.mp4", "-b:v", "600k", size="640x360")
    media = add_media(session, item, station.outside.files, film, ".mp4")
    media.captions_name = station.outside.files.put(CAPTIONS, ".vtt")
    _share, found = post(item)

    assert found["content"]["media"]["id"].startswith("urn:li:video:")
    assert found["content"]["media"]["title"] == "A night in the control room"


def test_the_audience_is_the_one_that_was_chosen(session, post):
    _share, found = post(make_item(session), visibility=Visibility.CONNECTIONS)
    assert '"visibility":"CONNECTIONS"' in found["body"]


def test_a_file_that_is_gone_is_said_and_nothing_is_tried_again(
    session, person, station, sandbox
):
    item = make_item(session, ItemKind.PICTURES)
    media = add_media(session, item, station.outside.files, b"a picture", ".jpg")
    share = queue_due(session, person, item)
    station.outside.files.remove(media.stored_name)
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.FAILED
    assert share.reason == Reason.MEDIA_GONE
    assert sandbox.creates == 0


def test_the_link_stands_in_a_text_once():
    assert with_link("See https://x.example/l/abc", "https://x.example/l/abc") == (
        "See https://x.example/l/abc"
    )
    assert with_link("", "https://x.example/l/abc") == "https://x.example/l/abc"
    assert with_link("Words", None) == "Words"


def test_a_text_is_kept_as_it_was_typed_but_for_what_cannot_be_sent():
    assert tidy(" Two\r\nlines\rhere \ud83c\0 ") == "Two\nlines\nhere ?"
