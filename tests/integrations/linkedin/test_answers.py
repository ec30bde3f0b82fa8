"""Each answer to a create call and what we know after it, row by row.

The rows are those of the table that publishing is built on; the bodies are LinkedIn's.
Lines that break are in `test_line`, faults of a whole network in `test_create_outcomes`.
"""

import json

import pytest
from werkzeug.wrappers import Response

from integrations.errors import (
    AccessExpired,
    AlreadyPosted,
    MediaRefused,
    NotDone,
    OutcomeUnknown,
    Refused,
    TextTooLong,
    VersionGone,
)
from integrations.linkedin.client import LinkedIn
from integrations.network import Access
from tests.integrations.linkedin.scripted import scripted

ACCESS = Access("the-token", "member1")
SENTENCE = "the text nobody may read in a log"
DUPLICATE = "BadRequestResponseException: Content is a duplicate of urn:li:share:7"


def _answered(status, said=b"", headers=None):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Response(body, status, headers or {})


def _said(status, message="", code="", number=None):
    """LinkedIn's usual body."""
    said = {"status": status, "message": message, "code": code}
    return _answered(status, said | ({"serviceErrorCode": number} if number else {}))


def _inputs(*found):
    return _answered(422, {"errorDetails": {"inputErrors": list(found)}})


ROWS = {
    "422, the same post stands": (
        _answered(422, {"message": DUPLICATE}),
        AlreadyPosted,
    ),
    "422, the same post, unnamed": (_inputs({"code": "DUPLICATE_POST"}), AlreadyPosted),
    "422, the same post, old form": (
        _said(422, code="DUPLICATE_POST"),
        AlreadyPosted,
    ),
    "422, something else": (_said(422, "Something else"), Refused),
    "422, no object": (_answered(422, [1]), Refused),
    "422, odd details": (_inputs("x"), Refused),
    "422, details that are a number": (
        _answered(422, {"errorDetails": {"inputErrors": 5}}),
        Refused,
    ),
    "422, details that are a yes": (
        _answered(422, {"errorDetails": {"inputErrors": True}}),
        Refused,
    ),
    "422, odd codes": (_inputs({"code": []}, {"code": {}}), Refused),
    "400, a code that is a list": (_answered(400, {"code": []}), Refused),
    "404, a code that is an object": (_answered(404, {"code": {}}), Refused),
    "413, a code that is a list": (_answered(413, {"code": ["x"]}), Refused),
    "422, a code that is an object": (_answered(422, {"code": {}}), Refused),
    "500, a code that is a list": (_answered(500, {"code": []}), OutcomeUnknown),
    "400, a field": (_said(400, code="MISSING_FIELD"), Refused),
    "400, too long": (_said(400, code="FIELD_LENGTH_TOO_LONG"), TextTooLong),
    "400, not JSON": (_answered(400, b"<html>"), Refused),
    "400, media failed": (
        _said(400, code="MEDIA_ASSET_PROCESSING_FAILED"),
        MediaRefused,
    ),
    "400, media not there yet": (
        _said(400, code="MEDIA_ASSET_WAITING_UPLOAD"),
        NotDone,
    ),
    "400, upload came too late": (_said(400, code="EXPIRED_UPLOAD_URL"), NotDone),
    "403, the content": (
        _said(403, "Accessing this image resource is forbidden.", "ACCESS_DENIED"),
        Refused,
    ),
    "403, empty": (_answered(403), Refused),
    "404": (_said(404, code="NOT_FOUND"), Refused),
    "413": (_said(413, code="REQUEST_ENTITY_TOO_LARGE"), Refused),
    "415": (_answered(415), Refused),
    "401, unknown": (_said(401, "Invalid access token", number=65600), AccessExpired),
    "401, revoked": (
        _said(401, "revoked by the user", "REVOKED_ACCESS_TOKEN", 65601),
        AccessExpired,
    ),
    "401, expired": (_said(401, code="EXPIRED_ACCESS_TOKEN"), AccessExpired),
    "401, empty body": (_answered(401), AccessExpired),
    "403, scope": (
        _said(
            403, "Not enough permissions to access: posts.CREATE.20260901", number=100
        ),
        AccessExpired,
    ),
    "403, author": (
        _said(403, "Data Processing Exception while processing fields [/author]"),
        AccessExpired,
    ),
    "426": (_said(426, code="NONEXISTENT_VERSION"), VersionGone),
    "429, day": (_said(429, "throttle APPLICATION DAY limit for calls"), NotDone),
    "429, other": (_said(429, "throttle limit for calls"), NotDone),
    "409": (_said(409, code="CONFLICT"), OutcomeUnknown),
    "408": (_answered(408), OutcomeUnknown),
    "425": (_answered(425), OutcomeUnknown),
    "500": (_said(500, code="INTERNAL_SERVER_ERROR"), OutcomeUnknown),
    "502": (_answered(502, b"<html>"), OutcomeUnknown),
    "503": (_said(503, code="UNDER_MAINTENANCE"), OutcomeUnknown),
    "504": (_answered(504), OutcomeUnknown),
    "200 without an id": (_answered(200, {"fine": True}), OutcomeUnknown),
    "204": (_answered(204), OutcomeUnknown),
    "302": (_answered(302, b"", {"Location": "/rest/posts"}), OutcomeUnknown),
    "307": (_answered(307, b"", {"Location": "/rest/posts"}), OutcomeUnknown),
}


@pytest.mark.parametrize(("answer", "kind"), ROWS.values(), ids=ROWS)
def test_an_answer_is_sorted_by_what_is_known_and_nothing_is_sent_again(answer, kind):
    with scripted(answer) as server:
        with pytest.raises(kind) as caught:
            LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
        assert caught.type is kind
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("401, revoked", "401 REVOKED_ACCESS_TOKEN"),
        ("401, unknown", "401 65600"),
        ("403, scope", "403 100"),
        ("400, too long", "400 FIELD_LENGTH_TOO_LONG"),
        ("502", "502"),
    ],
)
def test_the_code_says_what_happened_in_a_word(row, code):
    answer, kind = ROWS[row]
    with scripted(answer) as server, pytest.raises(kind) as caught:
        LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
    assert caught.value.code == code


def test_a_duplicate_names_the_post_where_linkedin_does():
    for row, urn in (
        ("422, the same post stands", "urn:li:share:7"),
        ("422, the same post, unnamed", None),
    ):
        answer, kind = ROWS[row]
        with scripted(answer) as server, pytest.raises(kind) as caught:
            LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
        assert caught.value.post_id == urn


def test_media_that_are_not_there_yet_are_tried_in_a_minute():
    answer, kind = ROWS["400, media not there yet"]
    with scripted(answer) as server, pytest.raises(kind) as caught:
        LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
    assert caught.value.wait == 60


@pytest.mark.parametrize(
    ("status", "header", "expected"),
    [
        (201, {"x-restli-id": "urn%3Ali%3Ashare%3A1"}, "urn:li:share:1"),
        (200, {"x-restli-id": "urn:li:ugcPost:2"}, "urn:li:ugcPost:2"),
        (201, {"x-restli-id": "what is this"}, None),
        (201, {}, None),
    ],
)
def test_a_created_post_is_known_by_its_header(status, header, expected):
    with scripted(_answered(status, b"", header)) as server:
        line = LinkedIn(server.settings()).open_line(ACCESS)
        assert line.create(b"{}") == expected


def test_a_day_limit_waits_for_midnight_and_a_short_one_for_its_time():
    for level, everybody in (("APPLICATION_AND_MEMBER", False), ("APPLICATION", True)):
        day = {"message": f"Resource level throttle {level} DAY limit for calls"}
        with scripted(_answered(429, day)) as server, pytest.raises(NotDone) as caught:
            LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
        assert caught.value.until_midnight_utc
        assert caught.value.whole_app is everybody

    for asked, wait in (("120", 120), ("1", 60), ("999999", 1800), ("soon", 60)):
        answer = _answered(429, b"", {"Retry-After": asked})
        with scripted(answer) as server, pytest.raises(NotDone) as caught:
            LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
        assert caught.value.wait == wait
        assert not caught.value.until_midnight_utc


def test_an_error_holds_no_text_of_the_person_and_no_sentence_of_linkedins():
    said = {"code": SENTENCE, "message": SENTENCE}
    with scripted(_answered(400, said)) as server, pytest.raises(Refused) as caught:
        LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
    assert caught.value.code == "400"
    assert SENTENCE not in str(caught.value)
