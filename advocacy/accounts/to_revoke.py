"""Tokens whose rows are gone and that the network is to forget as well; still locked.

Operations leave them in the session, because telling a network has to wait for the
commit.
"""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from advocacy.accounts.models import Account, ConnectingRound
from advocacy.accounts.rounds import about_grant

PLACE = "tokens to revoke"


@dataclass(frozen=True)
class LentToken:
    """One of them, and what it was locked to."""

    network: str
    data: bytes = field(repr=False)
    key_id: str
    about: str
    is_grant: bool = False  # a whole grant as JSON, from an unfinished round


def about_token(person_id: int, network: str) -> str:
    """What an account's token is locked to: table, owner, use."""
    return f"account|{person_id}|{network}|access token"


def lent(account: Account) -> LentToken:
    """The token of an account."""
    about = about_token(account.person_id, account.network)
    return LentToken(account.network, account.token_locked, account.token_key_id, about)


def lent_grant(row: ConnectingRound) -> LentToken:
    """The token of a round that ended without a yes."""
    data, key_id = row.grant_locked or b"", row.grant_key_id or ""
    about = about_grant(row.state_hash)
    return LentToken(row.network, data, key_id, about, is_grant=True)


def revoke_later(session: Session, tokens: list[LentToken]) -> None:
    """Leave tokens to be revoked once the transaction is stored."""
    session.info.setdefault(PLACE, []).extend(tokens)


def take_tokens_to_revoke(session: Session) -> list[LentToken]:
    """What was left there."""
    tokens: list[LentToken] = session.info.pop(PLACE, [])
    return tokens
