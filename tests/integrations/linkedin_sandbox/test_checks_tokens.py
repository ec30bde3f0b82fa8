"""Checks 5 to 8: what becomes of a token. A careless client fails, ours copes."""

import pytest
import requests

from integrations.errors import AccessExpired
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import Access, PostDraft, TokenState
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.signing_on import (
    BACK,
    code_for,
    granted,
    oauth,
    trade,
)


@pytest.fixture
def sign_on(sandbox):
    return LinkedInSignOn(sandbox.settings_for_client(BACK))


def test_check_05_careless_believing_the_first_401(sandbox, sign_on):
    said = {"slow_to_know_tokens": 2}
    requests.post(f"{sandbox.address}/sandbox/settings", json=said, timeout=10)
    token = trade(sandbox, code_for(sandbox, sign_on)).json()["access_token"]
    caller = Caller(sandbox, Access(token, ""))
    found = [caller.call("GET", "/v2/userinfo") for _ in range(3)]
    assert [one.status_code for one in found] == [401, 401, 200]
    assert found[0].json()["serviceErrorCode"] == 65601


def test_check_05_ours_gives_a_new_token_time(sandbox, sign_on):
    said = {"slow_to_know_tokens": 3}
    requests.post(f"{sandbox.address}/sandbox/settings", json=said, timeout=10)
    assert granted(sandbox, sign_on).member_name == "Ivo Terpstra"


def test_check_06_careless_asking_for_less_ends_what_there_was(sandbox, sign_on):
    first = Access(granted(sandbox, sign_on).token, "")
    trade(sandbox, code_for(sandbox, sign_on, frozenset({"openid", "profile"})))
    answer = Caller(sandbox, first).call("GET", "/v2/userinfo")
    assert answer.json()["code"] == "REVOKED_ACCESS_TOKEN"


def test_check_06_ours_asks_for_the_same_again_and_keeps_both(sandbox, sign_on):
    first, second = granted(sandbox, sign_on), granted(sandbox, sign_on)
    for grant in (first, second):
        assert sign_on.token_state(grant.token) is TokenState.ACTIVE


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"client_id": "another"}, 400),
        ({"token": "unheard"}, 400),
        ({"client_secret": "wrong"}, 401),
    ],
)
def test_check_07_careless_asking_about_a_token_with_a_mistake(
    sandbox, sign_on, fields, status
):
    token = granted(sandbox, sign_on).token
    answer = oauth(sandbox, "introspectToken", **{"token": token} | fields)
    assert answer.status_code == status


def test_check_07_the_answer_counts_in_seconds(sandbox, sign_on):
    token = granted(sandbox, sign_on).token
    said = oauth(sandbox, "introspectToken", token=token).json()
    assert said["expires_at"] - said["created_at"] == 5184000
    assert said["created_at"] < 10**10
    assert said["scope"] == "openid,profile,w_member_social"
    assert (said["active"], said["auth_type"]) == (True, "3L")


def test_check_07_ours_tells_ended_from_taken_back_and_forgets(sandbox, sign_on):
    token = granted(sandbox, sign_on).token
    sandbox.revoke_all("expired")
    assert sign_on.token_state(token) is TokenState.EXPIRED
    again = granted(sandbox, sign_on).token
    assert sign_on.revoke(again) is True
    assert sign_on.token_state(again) is TokenState.REVOKED


def test_check_08_careless_counting_on_a_mail_address_and_a_picture(sandbox, sign_on):
    caller = Caller(sandbox, Access(granted(sandbox, sign_on).token, ""))
    said = caller.call("GET", "/v2/userinfo", LinkedIn_Version=None).json()
    assert "email" not in said
    assert requests.get(said["picture"], timeout=10).status_code == 403


def test_check_08_careless_asking_who_it_is_without_the_scope(sandbox, sign_on):
    token = sandbox.access_for("Ivo Terpstra", ("w_member_social",))
    answer = Caller(sandbox, token).call("GET", "/v2/userinfo")
    assert answer.status_code == 403
    assert answer.json()["message"] == (
        "Not enough permissions to access: userinfo.GET.NO_VERSION"
    )


def test_check_08_ours_needs_neither_and_posts_as_that_member(sandbox, sign_on):
    grant = granted(sandbox, sign_on)
    linkedin = LinkedIn(sandbox.settings_for_client())
    access = Access(grant.token, grant.member_id)
    body = linkedin.prepare(access, PostDraft("Mine"))
    assert linkedin.open_line(access).create(body)
    sandbox.revoke_all()
    with pytest.raises(AccessExpired):
        linkedin.open_line(access).create(body)
