"""A round that ends with other permissions than were asked for, and what that ends."""

from advocacy.accounts.queries import account_of
from integrations.linkedin_sandbox.records import Code


def granted_less(sandbox, ivo) -> None:
    """The member's yes, for fewer permissions than were asked for."""
    there = ivo.leave_for_linkedin()
    back = sandbox.walk_consent(there, ivo.person.name)
    for code in sandbox.memory.codes.values():
        assert isinstance(code, Code)
        if not code.used:
            code.scopes = ["openid", "profile"]
    ivo.client.get(back)


def test_it_is_said_clearly_and_nothing_is_kept(session, ivo, sandbox):
    granted_less(sandbox, ivo)
    words = ivo.words()
    assert "LinkedIn did not give the permissions we asked for." in words
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert {token.status for token in sandbox.memory.tokens.values()} == {"revoked"}


def test_the_connection_that_it_ended_is_known_to_be_over_at_once(
    session, ivo, sandbox
):
    ivo.connect()
    granted_less(sandbox, ivo)
    session.expire_all()
    account = account_of(session, ivo.person.id, "linkedin")
    assert account.refused_at is not None
    assert "LinkedIn no longer takes this key." in ivo.words()
    ivo.connect()
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin").refused_at is None


def test_a_connection_that_still_works_is_left_alone(session, ivo, sandbox):
    ivo.connect()
    there = ivo.leave_for_linkedin()
    back = sandbox.walk_consent(there, "Somebody Else")
    for code in sandbox.memory.codes.values():
        if not code.used:
            code.scopes = ["openid", "profile"]
    ivo.client.get(back)
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin").refused_at is None


def test_one_round_asks_for_everything_its_app_is_for(app, ivo, sandbox):
    """So that no later round has to ask for more, and end the tokens of the first."""
    asked = [ivo.leave_for_linkedin() for _press in range(2)]
    scopes = {one.partition("scope=")[2].partition("&")[0] for one in asked}
    assert scopes == {"openid+profile+w_member_social"}
