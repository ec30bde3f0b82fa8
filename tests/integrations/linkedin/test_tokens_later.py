"""What becomes of a token after sign-on: renewed without the person, or asked about."""

import contextlib
import json
from datetime import timedelta

import pytest
from werkzeug.wrappers import Response

from integrations.clock import clock_at, now
from integrations.errors import AccessExpired, NotDone, Refused
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.settings import Patience
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import Access, PostDraft, TokenState
from tests.integrations.linkedin.scripted import scripted, settings_for
from tests.integrations.linkedin_sandbox.serving import HASTY, POSTING, running_sandbox

BACK = "http://localhost:8000/accounts/linkedin/back"
AWAY = settings_for("http://127.0.0.1:9", redirect_address=BACK)


@pytest.fixture
def sandbox():
    with running_sandbox(partner=True) as sandbox:
        yield sandbox


@pytest.fixture
def sign_on(sandbox):
    return LinkedInSignOn(sandbox.settings_for_client(BACK))


@pytest.fixture
def grant(sandbox, sign_on):
    address = sign_on.authorize_address("state", frozenset(POSTING))
    return sign_on.finish(sandbox.walk_consent(address), "state")


def _post(sandbox, access, text):
    linkedin = LinkedIn(sandbox.settings_for_client())
    return linkedin.open_line(access).create(linkedin.prepare(access, PostDraft(text)))


def test_a_partners_token_is_renewed_without_the_person(sandbox, sign_on, grant):
    sandbox.revoke_all("expired")
    with pytest.raises(AccessExpired):
        _post(sandbox, Access(grant.token, grant.member_id), "With the old token")
    renewed = sign_on.refresh(grant.refresh_token, grant.member_id)
    assert renewed.token != grant.token
    assert renewed.member_id == grant.member_id
    assert timedelta(days=59) < renewed.expires_at - now() <= timedelta(days=60)
    assert _post(sandbox, Access(renewed.token, renewed.member_id), "With the new one")


def test_the_refresh_tokens_year_is_not_made_longer_by_using_it(
    sandbox, sign_on, grant
):
    year = grant.refresh_expires_at - now()
    assert timedelta(days=364) < year <= timedelta(days=365)
    for kept in sandbox.memory.refresh_tokens.values():
        kept.expires_at -= 300 * 86400
    renewed = sign_on.refresh(grant.refresh_token, grant.member_id)
    assert renewed.refresh_token == grant.refresh_token
    left = renewed.refresh_expires_at - now()
    assert timedelta(days=64) < left <= timedelta(days=65)


def test_what_a_renewal_does_not_say_is_left_empty(sign_on, grant):
    renewed = sign_on.refresh(grant.refresh_token, grant.member_id)
    assert (renewed.scopes, renewed.member_name) == (frozenset(), "")


def test_scopes_named_in_a_renewal_are_told():
    said = {"access_token": "t", "expires_in": 60, "scope": "profile,openid"}
    with scripted(Response(json.dumps(said))) as server:
        renewed = LinkedInSignOn(settings_for(server.address)).refresh("r", "m1")
    assert renewed.scopes == {"openid", "profile"}
    assert (renewed.refresh_token, renewed.refresh_expires_at) == (None, None)


def test_the_question_for_a_renewal_is_the_documented_one():
    with scripted(Response('{"access_token": "t", "expires_in": 60}')) as server:
        LinkedInSignOn(settings_for(server.address)).refresh("r+/=", "m1")
    [(method, path, body)] = server.asked
    assert (method, path) == ("POST", "/oauth/v2/accessToken?")
    assert body == (
        b"grant_type=refresh_token&refresh_token=r%2B%2F%3D"
        b"&client_id=pretend-client&client_secret=pretend-secret"
    )


def test_a_refresh_token_that_was_taken_back_needs_the_person(sandbox, sign_on, grant):
    sandbox.revoke_all()
    with pytest.raises(Refused) as caught:
        sign_on.refresh(grant.refresh_token, grant.member_id)
    assert caught.value.code == "invalid_request"


def test_a_refresh_token_past_its_year_needs_the_person(sandbox, sign_on, grant):
    for kept in sandbox.memory.refresh_tokens.values():
        kept.expires_at = now().timestamp() - 1
    with pytest.raises(Refused):
        sign_on.refresh(grant.refresh_token, grant.member_id)


@pytest.mark.parametrize(
    "answer",
    [
        Response("<html>", 502),
        Response("slow down", 429),
        Response("<html>moved</html>", 302),
        Response("[]", 200),
        Response("{}", 200),
        Response('{"status": "fine"}', 200),
        Response('{"message": "no"}', 400),
        Response('{"error": "server_error"}', 500),
    ],
)
def test_an_answer_that_proves_nothing_is_no_reason_to_give_a_token_up(answer):
    with scripted(answer) as server:
        sign_on = LinkedInSignOn(settings_for(server.address))
        with pytest.raises(NotDone):
            sign_on.refresh("r", "m1")
        if b"fine" not in answer.data:
            with pytest.raises(NotDone):
                sign_on.token_state("t")


GOOD = Response('{"access_token": "t", "expires_in": 60, "status": "active"}')
REPEATABLE = pytest.mark.parametrize(
    "ask",
    [
        lambda sign_on: sign_on.refresh("r", "m1"),
        lambda sign_on: sign_on.token_state("t"),
        lambda sign_on: sign_on.revoke("t"),
    ],
    ids=["renewal", "question", "revocation"],
)


@REPEATABLE
@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_failed_for_a_moment_is_asked_again(ask, status):
    with scripted(Response(status=status), GOOD) as server:
        assert ask(LinkedInSignOn(settings_for(server.address)))
    first, second = server.asked
    assert first == second


@REPEATABLE
def test_it_is_not_asked_for_ever(ask):
    with scripted(Response(status=503)) as server:
        with contextlib.suppress(NotDone):
            assert ask(LinkedInSignOn(settings_for(server.address))) is False
        assert len(server.asked) == len(HASTY.hurried_pauses) + 1


def test_six_tries_are_made_where_nothing_else_is_said():
    assert len(Patience().hurried_pauses) + 1 == 6


def test_a_clear_no_is_not_argued_with():
    with scripted(Response('{"error": "invalid_request"}', 400), GOOD) as server:
        with pytest.raises(Refused):
            LinkedInSignOn(settings_for(server.address)).refresh("r", "m1")
        assert len(server.asked) == 1


def test_words_that_are_no_code_reach_no_log():
    with scripted(Response('{"error": "token t of Ivo"}', 400)) as server:
        with pytest.raises(Refused) as caught:
            LinkedInSignOn(settings_for(server.address)).refresh("r", "m1")
        assert caught.value.code == ""


def test_nobody_there_is_asked_again_later():
    for ask in (
        lambda: LinkedInSignOn(AWAY).refresh("r", "m1"),
        lambda: LinkedInSignOn(AWAY).token_state("t"),
    ):
        with pytest.raises(NotDone):
            ask()


def test_ended_taken_back_and_good_tokens_are_told_apart(sandbox, sign_on, grant):
    assert sign_on.token_state(grant.token) is TokenState.ACTIVE
    sandbox.memory.tokens[grant.token].expires_at = 1
    assert sign_on.token_state(grant.token) is TokenState.EXPIRED
    sandbox.revoke_all()
    assert sign_on.token_state(grant.token) is TokenState.REVOKED


def test_asking_about_a_token_does_not_use_it_up(sandbox, sign_on, grant):
    sandbox.memory.tokens[grant.token].unknown_for = 1
    sign_on.token_state(grant.token)
    assert sandbox.memory.tokens[grant.token].unknown_for == 1


def test_a_token_of_another_app_cannot_be_asked_about(sandbox, sign_on):
    with pytest.raises(Refused) as caught:
        sign_on.token_state(sandbox.figures_access_for("Ivo Terpstra").token)
    assert caught.value.code == "invalid_request"


def test_a_wrong_secret_cannot_ask_about_tokens(sandbox, grant):
    wrong = sandbox.settings_for_client(BACK, client_secret="wrong")
    with pytest.raises(Refused) as caught:
        LinkedInSignOn(wrong).token_state(grant.token)
    assert caught.value.code == "invalid_client"


def test_a_wrong_secret_of_ours_is_no_reason_to_give_a_token_up(
    sandbox, sign_on, grant
):
    wrong = sandbox.settings_for_client(BACK, client_secret="wrong")
    with pytest.raises(NotDone) as caught:
        LinkedInSignOn(wrong).refresh(grant.refresh_token, grant.member_id)
    assert caught.value.code == "invalid_client"
    assert sign_on.refresh(grant.refresh_token, grant.member_id).token


def test_a_state_with_a_new_name_cannot_be_told():
    with (
        scripted(Response('{"status": "suspended"}')) as server,
        pytest.raises(Refused),
    ):
        LinkedInSignOn(settings_for(server.address)).token_state("t")


def test_forgetting_a_token_forgets_what_could_renew_it(sign_on, grant):
    assert sign_on.revoke(grant.token) is True
    assert sign_on.token_state(grant.token) is TokenState.REVOKED
    with pytest.raises(Refused):
        sign_on.refresh(grant.refresh_token, grant.member_id)


def test_a_span_counts_from_the_moment_of_the_answer():
    moment = now() - timedelta(days=3)
    said = Response('{"access_token": "t", "expires_in": 60}')
    with clock_at(moment), scripted(said) as server:
        renewed = LinkedInSignOn(settings_for(server.address)).refresh("r", "m1")
    assert renewed.expires_at == moment + timedelta(seconds=60)
