"""What each answer to a create call teaches us, over real HTTP."""

import json
import time

import pytest
from werkzeug.wrappers import Response

from integrations.clock import now
from integrations.errors import AccessExpired, NotDone, OutcomeUnknown, Refused
from integrations.mastodon.client import Mastodon
from integrations.mastodon.settings import MastodonSettings, Patience
from integrations.network import Access, Picture, PostDraft
from tests.integrations.linkedin.samples import make_picture
from tests.integrations.linkedin.scripted import scripted
from tests.integrations.mastodon_sandbox.serving import HASTY, running_mastodon

ACCESS = Access("the-token", "17")
SENTENCE = "the text nobody may read in a log"


def _create(mastodon, access, text=SENTENCE):
    body = mastodon.prepare(access, PostDraft(text))
    return mastodon.open_line(access).create(body)


@pytest.mark.parametrize(
    ("fault", "kind", "made"),
    [
        ("drop_after_commit", OutcomeUnknown, 1),
        ("drop_before_commit", OutcomeUnknown, 0),
        ("gateway_timeout_after_commit", OutcomeUnknown, 1),
        ("unavailable", OutcomeUnknown, 0),
        ("busy", NotDone, 0),
    ],
)
def test_a_fault_is_told_for_what_it_is_and_asked_once(
    sandbox, mastodon, access, fault, kind, made
):
    sandbox.set_fault(fault)
    with pytest.raises(kind) as caught:
        _create(mastodon, access)
    assert caught.type is kind
    assert sandbox.creates == 1
    assert len(sandbox.statuses()) == made


def test_a_busy_server_says_until_when(sandbox, mastodon, access):
    sandbox.set_fault("busy")
    with pytest.raises(NotDone) as caught:
        _create(mastodon, access)
    assert 280 <= caught.value.wait <= 300
    assert not caught.value.until_midnight_utc


def test_a_slow_answer_is_not_waited_for_and_the_repeat_finds_the_status():
    with running_mastodon(slow_seconds=1) as sandbox:
        hasty = Patience(connect=2, answer=0.2)
        mastodon = Mastodon(sandbox.settings_for_client(patience=hasty))
        access = sandbox.access_for("Ivo Terpstra")
        body = mastodon.prepare(access, PostDraft("Slowly"))
        sandbox.set_fault("slow")
        with pytest.raises(OutcomeUnknown):
            mastodon.open_line(access).create(body)
        until = time.monotonic() + 10
        while not sandbox.statuses() and time.monotonic() < until:
            time.sleep(0.05)
        [status] = sandbox.statuses()
        assert mastodon.open_line(access).create(body) == status["id"]
        assert len(sandbox.statuses()) == 1


def test_a_permission_that_is_missing_asks_for_a_new_connection(sandbox, mastodon):
    access = sandbox.access_for("Ivo Terpstra", scopes=("read:accounts",))
    with pytest.raises(AccessExpired) as caught:
        _create(mastodon, access)
    assert caught.value.code == "403"


def _settings(address):
    return MastodonSettings(
        address, "id", "secret", "http://localhost/back", patience=HASTY
    )


def _answered(status, said=b"", headers=None):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Response(body, status, headers or {})


def _frozen():
    parts = {"frozen_at": now().isoformat(), "key": "k", "status": {"status": "x"}}
    return json.dumps(parts).encode()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_answered(400), Refused),
        (_answered(401, {"error": "The access token is invalid"}), AccessExpired),
        (_answered(403, {"error": "Your login is currently disabled"}), Refused),
        (_answered(403, b""), Refused),
        (_answered(404), Refused),
        (_answered(422, {"error": "Validation failed: Media not found"}), Refused),
        (_answered(408), OutcomeUnknown),
        (_answered(409), OutcomeUnknown),
        (_answered(302, b"", {"Location": "/api/v1/statuses"}), OutcomeUnknown),
        (_answered(200, b"<html>"), OutcomeUnknown),
        (_answered(200, {"id": None}), OutcomeUnknown),
        (_answered(200, {"id": "٣"}), OutcomeUnknown),
        (_answered(200, [1]), OutcomeUnknown),
        (_answered(500, {"id": "17"}), OutcomeUnknown),
        (_answered(502, b"<html>"), OutcomeUnknown),
    ],
)
def test_an_answer_is_sorted_by_what_is_known_and_nothing_is_sent_again(answer, kind):
    with scripted(answer) as server:
        mastodon = Mastodon(_settings(server.address))
        with pytest.raises(kind) as caught:
            mastodon.open_line(ACCESS).create(_frozen())
        assert caught.type is kind
        assert len(server.asked) == 1


def test_a_wait_is_neither_endless_nor_none_at_all():
    for header, wait in (
        ({"Retry-After": "120"}, 120),
        ({"X-RateLimit-Reset": "2001-01-01T00:00:00.000000Z"}, 60),
        ({"X-RateLimit-Reset": "2999-01-01T00:00:00.000000Z"}, 1800),
        ({"X-RateLimit-Reset": "2999-01-01T00:00:00"}, 60),
        ({"X-RateLimit-Reset": "soon"}, 60),
        ({}, 60),
    ):
        answer = _answered(429, b"", header)
        with scripted(answer) as server, pytest.raises(NotDone) as caught:
            Mastodon(_settings(server.address)).open_line(ACCESS).create(_frozen())
        assert caught.value.wait == wait


def test_an_upload_is_tried_again_where_a_repeat_does_no_harm(tmp_path):
    answers = [_answered(503), _answered(200, {"id": "7"}), _answered(200, {"id": "7"})]
    draft = PostDraft("x", pictures=[_picture(tmp_path)])
    with scripted(*answers) as server:
        body = Mastodon(_settings(server.address)).prepare(ACCESS, draft)
        assert json.loads(body)["status"]["media_ids"] == ["7"]
        first, second, look = server.asked
        # The second try carries all of it again.
        assert len(first[2]) == len(second[2]) > 100
        assert (look[0], look[1]) == ("GET", "/api/v1/media/7?")


def test_a_server_that_stays_out_of_order_has_done_nothing(tmp_path):
    draft = PostDraft("x", pictures=[_picture(tmp_path)])
    with scripted(_answered(500)) as server, pytest.raises(NotDone):
        Mastodon(_settings(server.address)).prepare(ACCESS, draft)


def test_an_upload_without_an_id_is_refused(tmp_path):
    draft = PostDraft("x", pictures=[_picture(tmp_path)])
    with scripted(_answered(200, {})) as server, pytest.raises(Refused):
        Mastodon(_settings(server.address)).prepare(ACCESS, draft)


def _picture(folder):
    return Picture(make_picture(folder), "Noise")


def test_an_error_holds_no_text_of_the_person_and_no_sentence_of_the_server():
    answer = _answered(422, {"error": SENTENCE})
    with scripted(answer) as server, pytest.raises(Refused) as caught:
        Mastodon(_settings(server.address)).open_line(ACCESS).create(_frozen())
    assert caught.value.code == "422"
    assert SENTENCE not in str(caught.value)
