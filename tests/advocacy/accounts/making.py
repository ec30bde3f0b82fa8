"""Accounts made without a round, their tokens locked in a vault of the test's own."""

from datetime import UTC, datetime, timedelta

from advocacy.accounts.models import Account
from advocacy.accounts.to_revoke import about_token
from advocacy.people.operations import add_person
from integrations.token_vault import TokenVault

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
VAULT = TokenVault({"k1": b"o" * 32})


def make_account(session, vault: TokenVault, name: str) -> Account:
    person = add_person(session, name=name, email=f"{name.lower()}@veenstroom.test")
    token = vault.lock(f"token of {name}", about_token(person.id, "linkedin"))
    account = Account(
        person_id=person.id,
        network="linkedin",
        client_id="test-client",
        member_id=f"member-{name}",
        member_name=name,
        scopes=["w_member_social"],
        token_locked=token.data,
        token_key_id=token.key_id,
        connected_at=NOON,
        expires_at=NOON + timedelta(days=60),
    )
    session.add(account)
    session.flush()
    return account
