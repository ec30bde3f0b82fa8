"""An account whose token can be renewed, and when it is near enough to its end."""

from datetime import timedelta

from sqlalchemy.orm import Session

from advocacy.accounts.locked import token_values
from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.accounts.renewal import BEFORE_END
from advocacy.people.operations import add_person
from integrations.clock import now
from integrations.network import Grant
from integrations.token_vault import TokenVault

# After this, a token that was given for sixty days is to be renewed.
NEAR = timedelta(days=60) - BEFORE_END + timedelta(hours=1)


def renewable_account(session: Session, vault: TokenVault) -> int:
    """Its id."""
    person = add_person(session, name="Ivo Terpstra", email="ivo@veenstroom.test")
    grant = Grant(
        token="a token",
        refresh_token="what renews it",
        scopes=frozenset({"w_member_social"}),
        expires_at=now() + timedelta(days=1),
        refresh_expires_at=now() + timedelta(days=300),
        member_id="member",
        member_name="Ivo Terpstra",
    )
    account = Account(
        person_id=person.id,
        network="linkedin",
        client_id="test-client",
        member_id=grant.member_id,
        member_name=grant.member_name,
        scopes=sorted(grant.scopes),
        **token_values(vault, person.id, "linkedin", grant),
    )
    session.add(account)
    session.flush()
    return account.id


def account_at(session: Session, colleague) -> Account | None:
    """The colleague's account as it is stored now."""
    session.expire_all()
    return account_of(session, colleague.person.id, "linkedin")
