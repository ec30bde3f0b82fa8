"""What our client makes of a network that fails in every way it can be told to."""

import time

import pytest

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
from tests.integrations.linkedin_sandbox.serving import running_sandbox

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
