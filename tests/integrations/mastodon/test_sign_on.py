"""The whole round: register the app, ask, come back, and what becomes of tokens."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from werkzeug.wrappers import Response

from integrations.breaker import Breaker
from integrations.clock import now
from integrations.errors import NotDone, Refused
from integrations.granted import LONGEST_NAME
from integrations.mastodon.client import Mastodon
from integrations.mastodon.registration import register_app
from integrations.mastodon.settings import MastodonSettings
from integrations.mastodon.sign_on import MastodonSignOn
from integrations.network import (
    Access,
    Capability,
    PostDraft,
    SignOnCancelled,
    TokenState,
)
from tests.integrations.linkedin.scripted import scripted
from tests.integrations.mastodon_sandbox.serving import HASTY

BACK = "http://localhost:8000/accounts/mastodon/back"
POST = frozenset({Capability.POST})


@pytest.fixture
def sign_on(sandbox):
    return MastodonSignOn(sandbox.settings_for_client(BACK))


def _asked(sign_on, state="the-state"):
    return sign_on.authorize_address(state, sign_on.scopes_for(POST))


def test_a_registered_app_can_connect_an_account_and_post(sandbox):
    app = register_app(
        f"{sandbox.address}/", "Veenstroom Library", BACK, "http://localhost:8000"
    )
    settings = MastodonSettings(sandbox.address, app.client_id, app.client_secret, BACK)
    sign_on = MastodonSignOn(settings)
    asked = _asked(sign_on)
    assert "Veenstroom Library" in requests.get(asked, timeout=10).text
    grant = sign_on.finish(sandbox.walk_consent(asked), "the-state")

    assert grant.scopes == {"read:accounts", "write:media", "write:statuses"}
    host = urlsplit(sandbox.address).netloc
    assert grant.member_name == f"Ivo Terpstra (@ivo_terpstra@{host})"
    assert grant.refresh_token is None
    in_60_days = now() + timedelta(days=60)
    assert abs(grant.expires_at - in_60_days) < timedelta(minutes=1)
    mastodon, access = Mastodon(settings), Access(grant.token, grant.member_id)
    body = mastodon.prepare(access, PostDraft("First"))
    mastodon.open_line(access).create(body)
    assert [status["text"] for status in sandbox.statuses()] == ["First"]


def test_a_code_is_worth_nothing_without_the_verifier(sandbox, sign_on):
    asked = _asked(sign_on)
    back = sandbox.walk_consent(asked)
    # Somebody else's round: the code and its state do not belong together.
    other = back.replace("the-state", "other-state")
    with pytest.raises(Refused):
        sign_on.finish(other, "other-state")
    query = parse_qs(urlsplit(asked).query)
    assert query["code_challenge_method"] == ["S256"]


@pytest.mark.parametrize(("given", "state"), [("x", "y"), ("", ""), ("é", "y")])
def test_an_answer_to_another_question_is_refused(sign_on, given, state):
    with pytest.raises(Refused) as caught:
        sign_on.finish(f"{BACK}?code=1&state={given}", state)
    assert caught.value.code == "mismatching_state"


def test_a_no_is_a_no(sandbox, sign_on):
    back = sandbox.walk_consent(_asked(sign_on), decision="deny")
    with pytest.raises(SignOnCancelled):
        sign_on.finish(back, "the-state")


def test_an_answer_without_a_code_is_refused(sign_on):
    with pytest.raises(Refused) as caught:
        sign_on.finish(f"{BACK}?error=server_error&state=the-state", "the-state")
    assert caught.value.code == "no_code"


def test_a_code_is_good_once(sandbox, sign_on):
    back = sandbox.walk_consent(_asked(sign_on))
    sign_on.finish(back, "the-state")
    with pytest.raises(Refused):
        sign_on.finish(back, "the-state")


def test_a_token_is_known_until_it_is_revoked(sandbox, sign_on):
    back = sandbox.walk_consent(_asked(sign_on))
    token = sign_on.finish(back, "the-state").token
    assert sign_on.token_state(token) is TokenState.ACTIVE
    assert sign_on.revoke(token)
    assert sign_on.revoke(token)
    assert sign_on.token_state(token) is TokenState.REVOKED
    assert not sign_on.revoke("a token of nobody")


def test_a_token_that_may_not_say_whose_it_is_cannot_be_judged(sandbox, sign_on):
    access = sandbox.access_for("Ivo Terpstra", scopes=("write:statuses",))
    with pytest.raises(Refused):
        sign_on.token_state(access.token)


def test_there_is_nothing_to_refresh(sign_on):
    with pytest.raises(Refused):
        sign_on.refresh("a refresh token", "17")


def test_a_server_that_is_not_there_is_said_to_be(sandbox):
    nowhere = MastodonSignOn(MastodonSettings("http://127.0.0.1:9", "i", "s", BACK))
    with pytest.raises(NotDone):
        nowhere.finish(f"{BACK}?code=1&state=s", "s")
    assert not nowhere.revoke("token")
    with pytest.raises(NotDone):
        register_app("http://127.0.0.1:9", "Library", BACK, "http://localhost")


def test_figures_need_no_permission_of_their_own(sign_on):
    assert sign_on.scopes_for(frozenset({Capability.FIGURES})) == frozenset()


@pytest.mark.parametrize(
    "address", ["", "mastodon.example", "ftp://x", "https://x/path", "https://a@x"]
)
def test_an_address_that_is_no_servers_is_found_at_the_start(address):
    with pytest.raises(ValueError, match="Mastodon"):
        MastodonSettings(address, "id", "secret", BACK)


def _said(said):
    return Response(json.dumps(said), mimetype="application/json")


TOKEN = _said({"access_token": "t", "scope": "read:accounts"})


@pytest.mark.parametrize(
    "answers",
    [
        [_said({})],
        [_said({"access_token": "t\nb"})],
        [_said({"access_token": "t", "scope": 5})],
        [TOKEN, _said({})],
        [TOKEN, _said({"id": "1\0"})],
        [TOKEN, _said({"id": "1" * 900})],
        [TOKEN, _said({"id": "1", "username": 7})],
        [TOKEN, _said({"id": "1", "display_name": "a\0b"})],
        [TOKEN, _said({"id": "1", "display_name": "\ud800"})],
    ],
)
def test_an_answer_of_another_shape_is_refused_not_guessed(answers):
    with scripted(*answers) as server:
        sign_on = MastodonSignOn(MastodonSettings(server.address, "i", "s", BACK))
        with pytest.raises(Refused):
            sign_on.finish(f"{BACK}?code=1&state=s", "s")
    with scripted(_said({"client_id": 7})) as server, pytest.raises(Refused):
        register_app(server.address, "Library", BACK, "http://localhost")


def test_a_name_without_end_is_cut_and_keeps_its_handle():
    who = _said({"id": "1", "username": "ivo", "display_name": "x" * 900_000})
    with scripted(TOKEN, who) as server:
        settings = MastodonSettings(server.address, "i", "s", BACK)
        grant = MastodonSignOn(settings).finish(f"{BACK}?code=1&state=s", "s")
    handle = f"(@ivo@{settings.host})"
    assert grant.member_name == f"{'x' * LONGEST_NAME} {handle}"


def test_the_token_goes_to_no_other_address():
    with scripted(_said({"id": "17"})) as elsewhere:
        away = Response(status=307, headers={"Location": elsewhere.address})
        with scripted(away) as server:
            settings = MastodonSettings(server.address, "i", "s", BACK, patience=HASTY)
            sign_on = MastodonSignOn(settings)
            with pytest.raises(NotDone):
                sign_on.token_state("a token")
        assert elsewhere.asked == []


def test_questions_and_revocations_are_repeated_and_codes_are_not():
    def ask(call):
        with scripted(Response(status=503), _said({"id": "17"})) as server:
            settings = MastodonSettings(server.address, "i", "s", BACK, patience=HASTY)
            call(MastodonSignOn(settings))
        return len(server.asked)

    def trade(sign_on):
        with pytest.raises(NotDone):
            sign_on.finish(f"{BACK}?code=1&state=s", "s")

    assert ask(lambda sign_on: sign_on.token_state("t")) == 2
    assert ask(lambda sign_on: sign_on.revoke("t")) == 2
    assert ask(trade) == 1


def test_a_server_that_rests_is_asked_nothing_about_tokens():
    with scripted(Response(status=503)) as server:
        breaker = Breaker(most=2)
        settings = MastodonSettings(server.address, "i", "s", BACK, patience=HASTY)
        with pytest.raises(NotDone):
            Mastodon(settings, breaker).delete(Access("t", "17"), "1")
        assert not MastodonSignOn(settings, breaker).revoke("t")
        with pytest.raises(NotDone):
            MastodonSignOn(settings, breaker).finish(f"{BACK}?code=1&state=s", "s")
        assert len(server.asked) == 2
