"""Connecting the second app, which reads figures and knows members by their profile."""

import pytest

from integrations.errors import Refused
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.network import Capability
from tests.integrations.linkedin_sandbox.serving import FIGURES, running_sandbox

BACK = "http://localhost:8000/accounts/linkedin/figures/back"


@pytest.fixture
def sign_on(sandbox):
    return LinkedInSignOn(sandbox.settings_for_figures(BACK))


def _finish(sandbox, sign_on, scopes=FIGURES):
    address = sign_on.authorize_address("state", frozenset(scopes))
    return sign_on.finish(sandbox.walk_consent(address), "state")


def test_figures_need_scopes_of_their_own(sign_on):
    assert sign_on.scopes_for(frozenset({Capability.FIGURES})) == set(FIGURES)


def test_the_profile_says_whose_token_it_is(sandbox, sign_on):
    grant = _finish(sandbox, sign_on)
    assert grant.scopes == set(FIGURES)
    assert grant.member_name == "Ivo Terpstra"


def test_a_member_may_have_another_id_at_another_app(sandbox, sign_on):
    grant = _finish(sandbox, sign_on)
    posting = sandbox.access_for("Ivo Terpstra")
    assert grant.member_id not in {"", posting.member_id}


def test_the_two_apps_do_not_end_each_others_tokens(sandbox, sign_on):
    posting = sandbox.access_for("Ivo Terpstra")
    grant = _finish(sandbox, sign_on)
    states = {sandbox.memory.tokens[one].status for one in (posting.token, grant.token)}
    assert states == {"active"}


def test_posting_is_not_for_this_app(sandbox, sign_on):
    with pytest.raises(Refused) as caught:
        _finish(sandbox, sign_on, ("openid", "w_member_social"))
    assert caught.value.code == "unauthorized_scope_error"


@pytest.mark.parametrize(("unknown_for", "works"), [(3, True), (4, False)])
def test_a_token_that_is_not_known_yet_is_given_time(unknown_for, works):
    with running_sandbox(slow_to_know_tokens=unknown_for) as sandbox:
        sign_on = LinkedInSignOn(sandbox.settings_for_figures(BACK))
        if works:
            assert _finish(sandbox, sign_on).member_name == "Ivo Terpstra"
        else:
            with pytest.raises(Refused) as caught:
                _finish(sandbox, sign_on)
            assert caught.value.code == "401 REVOKED_ACCESS_TOKEN"
