"""What a share becomes on the network, for each kind of item."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import requests
from PIL import Image
from sqlalchemy import select

from advocacy.shares.checking import Asked, check_wish
from advocacy.shares.drafting import tidy, with_link
from advocacy.shares.models import PublishingPause, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.wishes import ShareWish
from content.items import ItemKind
from content.media import Media
from content.uploads import Upload, add_document
from integrations.clock import now
from integrations.network import Visibility
from tests.advocacy.shares.making import (
    BASE_URL,
    TERMS,
    add_media,
    make_item,
    queue_due,
    state_of,
)
from tests.content.samples import clip, encode, pdf, phone_picture

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


@pytest.fixture
def album(session, station):
    """A story of three pictures, not stored in the order they are shown in."""
    item = make_item(session, ItemKind.PICTURES)
    for place in (2, 0, 1):
        one = add_media(session, item, station.outside.files, phone_picture(), ".jpg")
        one.position, one.alt = place, f"Picture {place}"
    session.flush()
    return item


def test_all_pictures_go_along_in_the_editors_order_with_their_descriptions(
    session, album, post, sandbox
):
    share, found = post(album)

    assert share.media_id is None
    images = found["content"]["multiImage"]["images"]
    assert [one["altText"] for one in images] == ["Picture 0", "Picture 1", "Picture 2"]
    feed = requests.get(f"{sandbox.address}/", timeout=10).text
    assert all(f'alt="Picture {place}"' in feed for place in range(3))


def test_one_of_several_goes_alone_when_it_was_chosen(session, album, post):
    chosen = session.scalars(select(Media).where(Media.alt == "Picture 1")).one()
    share, found = post(album, media_id=chosen.id)

    assert share.media_id == chosen.id
    assert found["content"]["media"]["altText"] == "Picture 1"


def test_a_network_that_takes_fewer_gets_the_first_ones(session, person, album):
    share = queue_due(session, person, album)
    asked = Asked(person, album, ShareWish("I was there."), now())
    few = check_wish(session, asked, replace(TERMS, most_pictures=2))

    assert [one.alt for one in few.media] == ["Picture 0", "Picture 1"]
    assert few.confirmation != share.confirmation


def test_pictures_in_another_order_are_not_what_was_confirmed(
    session, person, album, station, sandbox
):
    share = queue_due(session, person, album)
    first = session.scalars(select(Media).where(Media.alt == "Picture 0")).one()
    first.position = 7
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.CANCELLED
    assert share.reason == Reason.UNCONFIRMED
    assert sandbox.creates == 0


def test_a_video_comes_with_its_title_captions_and_still(
    session, station, post, tmp_path, sandbox
):
    item = make_item(session, ItemKind.VIDEO, title="A night in the control room")
    film = clip(tmp_path / "film.mp4", "-b:v", "600k", size="640x360")
    files = station.outside.files
    media = add_media(session, item, files, film, ".mp4")
    media.captions_name = files.put(CAPTIONS, ".vtt")
    still = encode(Image.new("RGB", (640, 360), "navy"), "JPEG")
    media.poster_name = files.put(still, ".jpg")
    _share, found = post(item)

    assert found["content"]["media"]["id"].startswith("urn:li:video:")
    assert found["content"]["media"]["title"] == "A night in the control room"
    feed = requests.get(f"{sandbox.address}/", timeout=10).text
    (track,) = re.findall(r'<track kind="captions" src="([^"]+)"', feed)
    (poster,) = re.findall(r'<video[^>]+ poster="([^"]+)"', feed)
    assert requests.get(sandbox.address + track, timeout=10).content == CAPTIONS
    assert requests.get(sandbox.address + poster, timeout=10).content == still


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
    ended = {"network": "linkedin", "until": now() - timedelta(seconds=1)}
    session.add(PublishingPause(**ended, reason="426"))
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.FAILED
    assert share.reason == Reason.MEDIA_GONE
    assert sandbox.creates == 0
    # It says nothing of whether the network takes posts again.
    session.expire_all()
    assert session.get(PublishingPause, "linkedin") is not None


def test_the_link_stands_in_a_text_once():
    assert with_link("See https://x.example/l/abc", "https://x.example/l/abc") == (
        "See https://x.example/l/abc"
    )
    assert with_link("", "https://x.example/l/abc") == "https://x.example/l/abc"
    assert with_link("Words", None) == "Words"


def test_a_text_is_kept_as_it_was_typed_but_for_what_cannot_be_sent():
    assert tidy(" Two\r\nlines\rhere \ud83c\0 ") == "Two\nlines\nhere ?"


def test_a_document_goes_along_under_the_title_of_its_story(
    session, station, post, sandbox
):
    item = make_item(session, ItemKind.DOCUMENT, title="The plan for 2030")
    sent = Upload("plan.pdf", BytesIO(pdf(3)))
    media = add_document(session, station.outside.files, sent)
    media.item_id = item.id
    share, found = post(item)

    assert share.media_id == media.id
    assert found["content"]["media"]["id"].startswith("urn:li:document:")
    assert found["content"]["media"]["title"] == "The plan for 2030"
    assert "The plan for 2030" in requests.get(f"{sandbox.address}/", timeout=10).text
