"""What a network answers while a picture is uploaded: no post without it, and it is said."""

import json

import pytest
from werkzeug import Response

from content.items import ItemKind
from integrations.linkedin.versions import DEFAULT_VERSION
from tests.advocacy.shares.elsewhere import at
from tests.advocacy.shares.making import add_media, attempts, make_item
from tests.advocacy.shares.pages.told import (
    AWAY,
    BUSY,
    MEDIA_REFUSED,
    RECONNECT,
    REFUSED,
    TOMORROW,
    VERSION,
)
from tests.content.samples import phone_picture
from tests.integrations.linkedin.scripted import scripted


@pytest.fixture
def pictured(session, station):
    """An item with a picture."""
    item = make_item(session, ItemKind.PICTURES)
    add_media(session, item, station.outside.files, phone_picture(), ".jpg")
    return item


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        ({"dead_versions": [DEFAULT_VERSION]}, VERSION),
        ({"member_calls_a_day": 0}, TOMORROW),
        ({"app_calls_a_day": 0}, TOMORROW),
        ({"slow_to_know_seconds": 3600}, RECONNECT),
        ({"ahead_seconds": 61 * 86400}, RECONNECT),
    ],
)
def test_an_answer_to_an_upload_is_told_as_one_to_a_post(
    sandbox, known, set_at, post, pictured, is_told, session, behaviour, told
):
    set_at(**behaviour)

    share = post("All of it.", pictured)

    is_told(share, told)
    assert attempts(session, share) == []
    assert sandbox.creates == 0


BEGUN = {"uploadUrl": "", "image": "urn:li:image:1"}


@pytest.mark.parametrize(
    ("at_first", "then", "told"),
    [
        (500, None, AWAY),
        (503, None, AWAY),
        (429, None, BUSY),
        (400, None, REFUSED),
        (403, None, REFUSED),
        (404, None, REFUSED),
        (200, 502, AWAY),
        (200, 429, BUSY),
        (200, 401, RECONNECT),
        (200, 403, REFUSED),
        (200, 400, MEDIA_REFUSED),
        (200, 413, MEDIA_REFUSED),
        (200, 415, MEDIA_REFUSED),
    ],
)
def test_what_is_not_uploaded_takes_the_post_along(
    station, post, pictured, is_told, session, at_first, then, told
):
    """`then` is about the bytes, after the network told where to send them."""
    with scripted() as network:
        begun = BEGUN | {"uploadUrl": f"{network.address}/bytes"}
        network.answers = (
            Response(json.dumps({"value": begun}), at_first),
            Response(status=then or at_first),
        )

        share = post("All of it.", pictured, at(station, network.address, pauses=()))

    is_told(share, told)
    assert attempts(session, share) == []
    asked = [path for _method, path, _body in network.asked if "token" not in path]
    assert set(asked[1:]) == ({"/bytes?"} if then else set())
    assert asked[0] == "/rest/images?action=initializeUpload"
