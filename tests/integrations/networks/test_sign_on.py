"""An account is connected and let go alike on every network."""

import pytest

from integrations.errors import Refused
from integrations.network import (
    Access,
    Capability,
    PostDraft,
    SignOnCancelled,
    TokenState,
)

POST = frozenset({Capability.POST})


def test_an_account_is_connected_used_judged_and_let_go(world):
    scopes = world.sign_on.scopes_for(POST)
    asked = world.sign_on.authorize_address("the-state", scopes)
    grant = world.sign_on.finish(world.walk_consent(asked), "the-state")
    assert grant.scopes >= scopes
    assert "Ivo Terpstra" in grant.member_name
    access = Access(grant.token, grant.member_id)
    body = world.network.prepare(access, PostDraft("By the new connection"))
    made = world.network.open_line(access).create(body)
    assert [post.id for post in world.posts()] == [made]

    assert world.sign_on.token_state(grant.token) is TokenState.ACTIVE
    assert world.sign_on.revoke(grant.token)
    assert world.sign_on.token_state(grant.token) is TokenState.REVOKED
    with pytest.raises(Refused):
        world.sign_on.refresh("no refresh token", grant.member_id)


def test_a_no_and_a_wrong_state_connect_nothing(world):
    asked = world.sign_on.authorize_address("s", world.sign_on.scopes_for(POST))
    with pytest.raises(SignOnCancelled):
        world.sign_on.finish(world.walk_consent(asked, decision=world.saying_no), "s")
    with pytest.raises(Refused):
        world.sign_on.finish(world.walk_consent(asked), "another")
