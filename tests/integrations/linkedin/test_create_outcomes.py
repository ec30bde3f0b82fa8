"""What each answer to a create call teaches us, over real HTTP."""

import json
import time

import pytest
from werkzeug.wrappers import Response

from integrations.errors import (
    AccessExpired,
    AlreadyPosted,
    NotDone,
    OutcomeUnknown,
    Refused,
    VersionGone,
)
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.settings import Patience
from integrations.network import Access, PostDraft
from tests.integrations.linkedin.scripted import scripted
from tests.integrations.linkedin_sandbox.serving import running_sandbox

ACCESS = Access("the-token", "member1")
SENTENCE = "the text nobody may read in a log"


def _create(linkedin, access, text=SENTENCE):
    body = linkedin.prepare(access, PostDraft(text))
    return linkedin.open_line(access).create(body)


@pytest.mark.parametrize(
    ("fault", "kind", "made"),
    [
        ("drop_after_commit", OutcomeUnknown, 1),
        ("garbled_after_commit", OutcomeUnknown, 1),
        ("half_an_answer_after_commit", OutcomeUnknown, 1),
        ("gateway_timeout_after_commit", OutcomeUnknown, 1),
        ("drop_before_commit", OutcomeUnknown, 0),
        ("error_without_commit", OutcomeUnknown, 0),
        ("conflict", OutcomeUnknown, 0),
        ("expired_token", AccessExpired, 0),
        ("day_limit", NotDone, 0),
        ("busy", NotDone, 0),
        ("version_gone", VersionGone, 0),
        ("too_large", Refused, 0),
    ],
)
def test_a_fault_is_told_for_what_it_is_and_asked_once(
    sandbox, linkedin, fault, kind, made
):
    access = sandbox.access_for("Ivo Terpstra")
    sandbox.set_fault(fault)
    with pytest.raises(kind) as caught:
        _create(linkedin, access)
    assert caught.type is kind
    assert sandbox.creates == 1
    assert len(sandbox.posts()) == made


def test_a_slow_answer_is_not_waited_for_and_the_post_may_still_appear():
    with running_sandbox(slow_seconds=1) as sandbox:
        hasty = Patience(connect=2, answer=0.2)
        linkedin = LinkedIn(sandbox.settings_for_client(patience=hasty))
        sandbox.set_fault("slow")
        with pytest.raises(OutcomeUnknown):
            _create(linkedin, sandbox.access_for("Ivo Terpstra"))
        assert sandbox.posts() == []
        until = time.monotonic() + 10
        while not sandbox.posts() and time.monotonic() < until:
            time.sleep(0.05)
        assert len(sandbox.posts()) == sandbox.creates == 1


def test_live_without_an_id_is_live(sandbox, linkedin, access):
    sandbox.set_fault("created_without_id")
    assert _create(linkedin, access) is None
    assert len(sandbox.posts()) == 1


def test_the_same_again_is_answered_with_the_post_that_stands(
    sandbox, linkedin, access
):
    urn = _create(linkedin, access)
    with pytest.raises(AlreadyPosted) as caught:
        _create(linkedin, access)
    assert caught.value.post_id == urn
    assert len(sandbox.posts()) == 1


def test_a_lost_answer_can_be_found_again_by_the_duplicate(sandbox, linkedin, access):
    sandbox.set_fault("drop_after_commit")
    with pytest.raises(OutcomeUnknown):
        _create(linkedin, access)
    with pytest.raises(AlreadyPosted) as caught:
        _create(linkedin, access)
    assert caught.value.post_id == sandbox.posts()[0]["urn"]


def test_a_permission_that_is_missing_asks_for_a_new_connection(sandbox, linkedin):
    access = sandbox.access_for("Ivo Terpstra", scopes=("openid", "profile"))
    with pytest.raises(AccessExpired) as caught:
        _create(linkedin, access)
    assert caught.value.code == "403 ACCESS_DENIED"


def test_posting_for_somebody_else_asks_for_a_new_connection(sandbox, linkedin, access):
    other = sandbox.access_for("Tjitske Rinsma")
    with pytest.raises(AccessExpired):
        _create(linkedin, Access(access.token, other.member_id))


def test_tokens_taken_back_or_ended_ask_for_a_new_connection(sandbox, linkedin):
    for status in ("revoked", "expired"):
        access = sandbox.access_for("Ivo Terpstra")
        sandbox.revoke_all(status)
        with pytest.raises(AccessExpired):
            _create(linkedin, access)


def _answered(status, said=b"", headers=None):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Response(body, status, headers or {})


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_answered(400, {"code": "MISSING_FIELD"}), Refused),
        (_answered(400, {"code": "MEDIA_ASSET_PROCESSING_FAILED"}), Refused),
        (_answered(400, {"code": "MEDIA_ASSET_WAITING_UPLOAD"}), NotDone),
        (_answered(400, b"<html>"), Refused),
        (_answered(403, {"message": "Accessing this image resource"}), Refused),
        (_answered(403, b""), Refused),
        (_answered(404, {"code": "NOT_FOUND"}), Refused),
        (_answered(408), OutcomeUnknown),
        (_answered(415), Refused),
        (_answered(422, {"message": "Something else"}), Refused),
        (_answered(422, [1]), Refused),
        (_answered(422, {"errorDetails": {"inputErrors": ["x"]}}), Refused),
        (_answered(422, {"code": "DUPLICATE_POST"}), AlreadyPosted),
        (_answered(302, b"", {"Location": "/rest/posts"}), OutcomeUnknown),
        (_answered(307, b"", {"Location": "/rest/posts"}), OutcomeUnknown),
        (_answered(200, {"fine": True}), OutcomeUnknown),
        (_answered(204), OutcomeUnknown),
        (_answered(500), OutcomeUnknown),
        (_answered(502, b"<html>"), OutcomeUnknown),
        (_answered(503), OutcomeUnknown),
    ],
)
def test_an_answer_is_sorted_by_what_is_known_and_nothing_is_sent_again(answer, kind):
    with scripted(answer) as server:
        with pytest.raises(kind) as caught:
            LinkedIn(server.settings()).open_line(ACCESS).create(b"{}")
        assert caught.type is kind
        assert len(server.asked) == 1


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
