"""Uploads, states and deletes: repeated within reason, and careful with tokens."""

import json

import pytest
from werkzeug.wrappers import Response

from integrations.errors import AccessExpired, NotDone, Refused, VersionGone
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.settings import Patience
from integrations.network import Access, Picture, PostDraft, Video
from tests.integrations.linkedin.scripted import raw_server, scripted, settings_for
from tests.integrations.linkedin_sandbox.serving import HASTY

ACCESS = Access("the-token", "member1")
URN = "urn:li:share:1"
DONE = Response(status=204)
DAY = b'{"message": "APPLICATION DAY limit"}'


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 409])
def test_a_call_that_failed_for_a_moment_is_repeated(status):
    with scripted(Response(status=status), DONE) as server:
        LinkedIn(server.settings()).delete(ACCESS, URN)
    assert [asked[0] for asked in server.asked] == ["DELETE", "DELETE"]


def test_it_is_not_repeated_for_ever():
    with scripted(Response(status=503)) as server, pytest.raises(NotDone) as caught:
        LinkedIn(server.settings()).delete(ACCESS, URN)
    assert len(server.asked) == len(HASTY.pauses) + 1
    assert caught.value.code == "503"


def test_six_tries_are_made_where_nothing_else_is_said():
    assert len(Patience().pauses) + 1 == 6


def test_a_line_that_breaks_is_tried_again():
    with raw_server(lambda line: line.recv(65536)) as server, pytest.raises(NotDone):
        LinkedIn(settings_for(server.address)).delete(ACCESS, URN)
    assert server.connections == len(HASTY.pauses) + 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Response(status=401), AccessExpired),
        (Response(status=400), Refused),
        (Response(status=403), Refused),
        (Response(status=426), VersionGone),
        (Response(DAY, status=429), NotDone),
    ],
)
def test_a_clear_no_is_not_argued_with(answer, kind):
    with scripted(answer, DONE) as server, pytest.raises(kind) as caught:
        LinkedIn(server.settings()).delete(ACCESS, URN)
    assert caught.type is kind
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed_with_the_token():
    with scripted(DONE) as elsewhere:
        away = Response(status=307, headers={"Location": elsewhere.address})
        with scripted(away) as server, pytest.raises(NotDone):
            LinkedIn(server.settings()).delete(ACCESS, URN)
        assert elsewhere.asked == []


def _value(**value):
    return Response(json.dumps({"value": value}), mimetype="application/json")


def _part(first, last, address=""):
    part = {"firstByte": first, "lastByte": last, "uploadUrl": address}
    return _value(video="urn:li:video:1", uploadInstructions=[part])


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/dms-uploads/1",
        "https://notlinkedin.com/1",
        "https://linkedin.com.elsewhere.example/1",
        "http://www.linkedin.com/1",
        "ftp://www.linkedin.com/1",
        "//x",
        "https://x.linkedin.com:99999/",
        "https://x.linkedin.com:abc/",
        "https://[::1.linkedin.com/",
        "https://x..linkedin.com/",
        f"https://{'a' * 70}.linkedin.com/",
        "https://\u2100.linkedin.com/",
        "https://www.linkedin.com/\ud800",
        None,
        5,
    ],
)
def test_a_picture_and_its_token_go_to_linkedin_only(tmp_path, address):
    file = tmp_path / "picture.jpg"
    file.write_bytes(b"picture")
    answer = _value(uploadUrl=address, image="urn:li:image:1")
    draft = PostDraft("x", pictures=[Picture(file, "")])
    with scripted(answer) as server, pytest.raises(Refused) as caught:
        LinkedIn(server.settings()).prepare(ACCESS, draft)
    assert caught.value.code == "upload_address"
    assert len(server.asked) == 1


def test_an_address_of_linkedin_is_asked_as_it_was_meant(tmp_path):
    file = tmp_path / "picture.jpg"
    file.write_bytes(b"picture")
    draft = PostDraft("x", pictures=[Picture(file, "")])
    with scripted(DONE) as server:
        odd = f"{server.address}/dms-uploads/a b/ü?c=%2F"
        server.answers = [_value(uploadUrl=odd, image="urn:li:image:1"), DONE]
        LinkedIn(server.settings()).prepare(ACCESS, draft)
        assert server.asked[1][1] == "/dms-uploads/a b/ü?c=%2F"


@pytest.mark.parametrize(
    "answer",
    [
        Response("[]"),
        Response("<html>"),
        _value(video=7),
        _value(video="urn:li:video:1"),
        _value(video="urn:li:video:1", uploadInstructions=[{"firstByte": 0}]),
        _value(video="urn:li:video:1", uploadInstructions=7),
        _value(video="urn:li:video:\ud800", uploadInstructions=[]),
        _value(video="urn:li:video:" + "1" * 900, uploadInstructions=[]),
        _part(-1, 3),
        _part(3, 2),
        _part(9, 12),
        _part(0, float("inf")),
        _part(10**30, 10**31),
        _part(0, None),
    ],
)
def test_an_answer_of_another_shape_is_refused_not_guessed(tmp_path, answer):
    file = tmp_path / "film.mp4"
    file.write_bytes(b"film")
    draft = PostDraft("x", video=Video(file, ""))
    with scripted(answer) as server, pytest.raises(Refused) as caught:
        LinkedIn(server.settings()).prepare(ACCESS, draft)
    assert caught.value.code == "shape"


@pytest.mark.parametrize(
    "address",
    [
        "http://[x",
        "https://www.linkedin.com:x/",
        "\ud800",
    ],
)
def test_an_address_that_is_none_is_not_called(tmp_path, address):
    file = tmp_path / "film.mp4"
    file.write_bytes(b"film")
    draft = PostDraft("x", video=Video(file, ""))
    with scripted(_part(0, 3, address)) as server, pytest.raises(Refused) as caught:
        LinkedIn(server.settings()).prepare(ACCESS, draft)
    assert caught.value.code == "upload_address"


def test_a_part_may_be_said_to_end_behind_the_film(tmp_path):
    """Nobody knows better where it ends than who has it."""
    file = tmp_path / "film.mp4"
    file.write_bytes(b"film")
    with scripted() as server:
        there = Response('{"status": "AVAILABLE"}', headers={"ETag": '"a"'})
        server.answers = [_part(0, 10**30, f"{server.address}/part"), there]
        LinkedIn(server.settings()).prepare(
            ACCESS, PostDraft("x", video=Video(file, ""))
        )
    assert server.asked[1][2] == b"film"


def test_a_film_that_was_not_asked_for_whole_is_not_finished(tmp_path):
    file = tmp_path / "film.mp4"
    file.write_bytes(b"0123456789")
    with scripted(Response(status=200)) as server:
        part = {"firstByte": 0, "lastByte": 8, "uploadUrl": f"{server.address}/part"}
        first = _value(video="urn:li:video:1", uploadInstructions=[part])
        server.answers = [first, Response(status=200, headers={"ETag": '"a"'})]
        with pytest.raises(NotDone) as caught:
            LinkedIn(server.settings()).prepare(
                ACCESS, PostDraft("x", video=Video(file, ""))
            )
    assert caught.value.code == "parts"
    assert [asked[2] for asked in server.asked][1:] == [b"012345678"]
