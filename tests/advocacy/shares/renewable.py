"""Somebody whose token the network renews."""

from datetime import timedelta

from advocacy.accounts.locked import token_values
from integrations.clock import now
from integrations.linkedin_sandbox.records import RefreshToken
from integrations.network import Grant
from tests.advocacy.shares.making import VAULT, connect_account, make_person
from tests.integrations.linkedin_sandbox.serving import POSTING


def renewable(session, sandbox, *, ends_in: timedelta):
    """Somebody whose token ends then, unless it is renewed."""
    person = make_person(session)
    access = sandbox.access_for(person.name)
    refresh = RefreshToken(
        "what renews it", "pretend-client", access.member_id, [*POSTING], 2e9
    )
    sandbox.memory.refresh_tokens[refresh.value] = refresh
    account = connect_account(session, person, access)
    ends, later = now() + ends_in, now() + timedelta(days=300)
    grant = Grant(access.token, refresh.value, frozenset(POSTING), ends, later, "", "")
    for name, value in token_values(VAULT, person.id, "linkedin", grant).items():
        setattr(account, name, value)
    return person
