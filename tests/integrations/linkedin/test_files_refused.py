"""A file that LinkedIn does not take is told apart from a post that it does not take."""

import json

import pytest
from werkzeug.wrappers import Response

from integrations.errors import AccessExpired, MediaRefused, Refused, TextTooLong
from integrations.linkedin.client import LinkedIn
from integrations.network import Access, Picture, PostDraft, Video
from tests.integrations.linkedin.scripted import scripted

ACCESS = Access("the-token", "member1")


@pytest.fixture
def uploading(tmp_path):
    """What is raised when the upload of a file is answered so."""
    file = tmp_path / "file"
    file.write_bytes(b"any bytes")

    def upload(status, draft):
        with scripted() as server:
            to = f"{server.address}/upload"
            part = {"firstByte": 0, "lastByte": 8, "uploadUrl": to}
            value = {
                "uploadUrl": to,
                "image": "urn:li:image:1",
                "video": "urn:li:video:1",
                "uploadInstructions": [part],
            }
            announced = Response(json.dumps({"value": value}))
            server.answers = (announced, Response("", status))
            with pytest.raises(Refused) as caught:
                LinkedIn(server.settings()).prepare(ACCESS, draft(file))
            assert server.asked[-1][:2] == ("PUT", "/upload?")
        return caught.value

    return upload


def one_picture(file):
    return PostDraft("x", pictures=[Picture(file, "")])


def a_film(file):
    return PostDraft("x", video=Video(file, ""))


@pytest.mark.parametrize("draft", [one_picture, a_film])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, MediaRefused),
        (413, MediaRefused),
        (415, MediaRefused),
        (422, MediaRefused),
        (401, AccessExpired),
        (403, Refused),
        (404, Refused),
    ],
)
def test_a_refused_upload_speaks_of_the_file_where_its_status_does(
    uploading, draft, status, kind
):
    error = uploading(status, draft)
    assert type(error) is kind
    assert error.code == str(status)


def test_a_refused_beginning_of_an_upload_says_nothing_of_the_file(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"any bytes")
    answers = [Response("", 404)]
    with scripted(*answers) as server, pytest.raises(Refused) as caught:
        LinkedIn(server.settings()).prepare(ACCESS, one_picture(file))
    assert type(caught.value) is Refused


def test_a_text_that_is_too_long_is_said_to_be(tmp_path):
    with scripted() as server, pytest.raises(TextTooLong):
        LinkedIn(server.settings()).prepare(ACCESS, PostDraft("x" * 3001))
