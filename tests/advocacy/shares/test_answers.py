"""Every row of the table in reliability.md 2.5: from an answer to what becomes of a share."""

import socket
import struct

import pytest

from advocacy.shares.changes import send_again, the_same_again
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from integrations.clock import clock_at, now
from tests.advocacy.shares.elsewhere import answered, at
from tests.advocacy.shares.making import TERMS, attempts, state_of
from tests.integrations.linkedin.scripted import raw_server, scripted

S, R = ShareState, Reason
URN = "urn:li:share:7130000000000000001"
DUPLICATE = {
    "message": f"com.linkedin.BadRequest: Content is a duplicate of {URN}",
    "errorDetails": {"inputErrors": [{"code": "DUPLICATE_POST"}]},
    "status": 422,
}
SCOPE = {"message": "Not enough permissions to access: posts.CREATE.20260901"}
AUTHOR = {"message": "Field Value validation failed in REQUEST_BODY: fields [/author]"}
MEMBER_DAY = {"message": "throttle APPLICATION_AND_MEMBER DAY limit is reached."}
APP_DAY = {"message": "Resource level throttle APPLICATION DAY limit is reached."}
FORBIDDEN = {"message": "Accessing this image resource is forbidden."}
MEDIA_FAILED = {"code": "MEDIA_ASSET_PROCESSING_FAILED"}
WAITING = {"code": "MEDIA_ASSET_WAITING_UPLOAD"}

# status, body, headers → state, reason, what the attempt's row keeps
LONG = f"urn:li:share:{'7' * 101}"
LONG_DUPLICATE = DUPLICATE | {"message": f"Content is a duplicate of {LONG}"}

ROWS = [
    (201, "", {"x-restli-id": URN}, S.PUBLISHED, "", "published"),
    # An id that is none of LinkedIn's: the post is there, and we do not know where.
    (
        201,
        "",
        {"x-restli-id": LONG},
        S.PUBLISHED_UNVERIFIED,
        R.NO_ID,
        "published_unverified",
    ),
    (422, LONG_DUPLICATE, {}, S.FAILED, R.DUPLICATE, "failed"),
    (429, {}, {"retry-after": "9" * 40}, S.SCHEDULED, R.BUSY, "scheduled"),
    (201, "", {}, S.PUBLISHED_UNVERIFIED, R.NO_ID, "published_unverified"),
    (422, DUPLICATE, {}, S.FAILED, R.DUPLICATE, "failed"),
    (400, {"code": "FIELD_LENGTH_TOO_LONG"}, {}, S.FAILED, R.TOO_LONG, "failed"),
    (400, MEDIA_FAILED, {}, S.FAILED, R.MEDIA_REFUSED, "failed"),
    (400, {"code": "MISSING_FIELD"}, {}, S.FAILED, R.REFUSED, "failed"),
    (403, FORBIDDEN, {}, S.FAILED, R.REFUSED, "failed"),
    (404, {"code": "NOT_FOUND"}, {}, S.FAILED, R.REFUSED, "failed"),
    (413, {}, {}, S.FAILED, R.REFUSED, "failed"),
    (422, {"code": "INVALID"}, {}, S.FAILED, R.REFUSED, "failed"),
    (401, {}, {}, S.NEEDS_RECONNECT, R.ACCESS_REFUSED, "needs_reconnect"),
    (403, SCOPE, {}, S.NEEDS_RECONNECT, R.ACCESS_REFUSED, "needs_reconnect"),
    (403, AUTHOR, {}, S.NEEDS_RECONNECT, R.ACCESS_REFUSED, "needs_reconnect"),
    (426, {"code": "NONEXISTENT_VERSION"}, {}, S.SCHEDULED, R.VERSION, "scheduled"),
    (429, MEMBER_DAY, {}, S.SCHEDULED, R.RATE_LIMIT, "scheduled"),
    (429, APP_DAY, {}, S.SCHEDULED, R.RATE_LIMIT, "scheduled"),
    (429, {}, {}, S.SCHEDULED, R.BUSY, "scheduled"),
    (400, WAITING, {}, S.SCHEDULED, R.BUSY, "scheduled"),
    (409, {"code": "CONFLICT"}, {}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
    (408, {}, {}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
    (500, {}, {}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
    (502, {}, {}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
    (503, {}, {}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
    (504, {}, {}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
    (200, "nonsense", {}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
    (302, "", {"Location": "/elsewhere"}, S.UNCERTAIN, R.NO_ANSWER, "uncertain"),
]


@pytest.mark.parametrize(
    ("status", "body", "headers", "state", "reason", "outcome"),
    ROWS,
    ids=[f"{row[0]} {row[4]} {number}" for number, row in enumerate(ROWS)],
)
def test_an_answer_makes_of_a_share_what_the_table_says(
    session, share, station, status, body, headers, state, reason, outcome
):
    with scripted(answered(status, body, headers)) as network:
        publish_share(share.id, at(station, network.address))
        publish_share(share.id, at(station, network.address))

        assert len(network.asked) == 1  # whatever it was: not again at once
    assert (state_of(session, share), share.reason) == (state, reason)
    [attempt] = attempts(session, share)
    assert attempt.outcome == outcome
    assert attempt.closed_at is not None
    assert (share.next_at > now()) is (state is S.SCHEDULED)


def test_a_duplicate_says_where_the_other_post_is(session, share, station):
    with scripted(answered(422, DUPLICATE)) as network:
        publish_share(share.id, at(station, network.address))

    session.refresh(share)
    assert share.post_id is None
    assert share.post_address.endswith(f"/feed/update/{URN}/")


def test_a_duplicate_after_a_doubt_of_ours_is_our_post(
    session, person, item, share, station
):
    with scripted(answered(504, {}), answered(422, DUPLICATE)) as network:
        station = at(station, network.address)
        publish_share(share.id, station)
        with clock_at(now()):
            send_again(
                session, share, the_same_again(share, person, item, now()), TERMS
            )
        share.next_at = now()
        session.commit()
        publish_share(share.id, station)

    assert state_of(session, share) is S.PUBLISHED
    assert share.post_id == URN


def nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize("kind", ["refused", "no name", "no TLS"])
def test_without_a_connection_nothing_was_sent(session, share, station, kind):
    with raw_server(lambda line: line.sendall(b"no TLS here\r\n")) as plain:
        address = {
            "refused": nobody_there(),
            "no name": "http://nowhere.invalid",
            "no TLS": plain.address.replace("http:", "https:"),
        }[kind]
        publish_share(share.id, at(station, address))

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == R.UNREACHABLE
    assert share.next_at > now()
    assert attempts(session, share) == []


def reset(line):
    line.recv(65536)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def half(line):
    line.recv(65536)
    line.sendall(b"HTTP/1.1 201 Created\r\nx-rest")


def half_a_body(line):
    line.recv(65536)
    line.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n{")


def silent(line):
    line.recv(65536)
    line.settimeout(2)
    line.recv(1)


@pytest.mark.parametrize("handle", [reset, half, half_a_body, silent])
def test_a_line_that_breaks_after_the_first_byte_is_a_doubt(
    session, share, station, handle
):
    with raw_server(handle) as network:
        station = at(station, network.address)
        publish_share(share.id, station)
        publish_share(share.id, station)

        assert network.connections == 1
    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == R.NO_ANSWER
    [attempt] = attempts(session, share)
    assert attempt.outcome == "uncertain"
