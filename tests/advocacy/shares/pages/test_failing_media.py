"""A picture, film or document that fails at LinkedIn: no post without it, and it is said."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from content.items import ItemKind
from content.uploads import Upload, add_document
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import (
    add_media,
    make_item,
    queue_due,
    state_of,
)
from tests.content.samples import clip, encode, pdf, phone_picture


@pytest.fixture
def failing(sandbox):
    """What is uploaded is taken, and fails later, when it is processed."""
    memory = sandbox.memory
    before = memory.settings
    memory.settings = replace(before, media_fail=True)
    yield sandbox
    memory.settings = before


def one_picture(session, files, _folder):
    item = make_item(session, ItemKind.PICTURES)
    add_media(session, item, files, phone_picture(), ".jpg")
    return item


def three_pictures(session, files, folder):
    item = one_picture(session, files, folder)
    for colour in ("navy", "teal"):
        data = encode(Image.new("RGB", (640, 480), colour), "JPEG")
        add_media(session, item, files, data, ".jpg")
    return item


def a_card_with_a_picture(session, files, _folder):
    item = make_item(session, ItemKind.LINK)
    add_media(session, item, files, phone_picture(), ".jpg")
    return item


def a_film(session, files, folder):
    item = make_item(session, ItemKind.VIDEO)
    film = clip(folder / "film.mp4", "-b:v", "600k", size="640x360")
    add_media(session, item, files, film, ".mp4")
    return item


def a_document(session, files, _folder):
    item = make_item(session, ItemKind.DOCUMENT)
    media = add_document(session, files, Upload("a.pdf", BytesIO(pdf(2))))
    media.item_id = item.id
    return item


ONLY_THE_EDITORS = "The same one would be refused again, and only the editors can"


@pytest.mark.parametrize(
    ("make", "what", "helps"),
    [
        (one_picture, "the picture that goes along", ONLY_THE_EDITORS),
        (three_pictures, "one of the pictures that", "choose which one goes."),
        (a_card_with_a_picture, "the picture on the link’s", "choose another or none."),
        (a_film, "the video", ONLY_THE_EDITORS),
        (a_document, "the document", ONLY_THE_EDITORS),
    ],
)
def test_what_fails_at_the_network_is_never_left_out_of_the_post(
    session, person, station, failing, browser_of, tmp_path, make, what, helps
):
    item = make(session, station.outside.files, tmp_path)
    share = queue_due(session, person, item, "All of it, or nothing.")
    session.commit()

    for _again in range(3):
        publish_share(share.id, station)

    assert state_of(session, share) is ShareState.FAILED
    assert failing.posts() == []
    page = words(browser_of(person).get("/shares"))
    assert f"LinkedIn did not take {what}" in page
    assert helps in page
    assert "All of it, or nothing." in page
    assert "Write again" in page
