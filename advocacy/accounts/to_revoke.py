"""Tokens whose rows are gone and that the network is to forget as well; still locked.

Operations leave them in the session, because telling a network has to wait for the
commit.
"""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from advocacy.accounts.models import Account, ConnectingRound
from advocacy.accounts.rounds import about_grant

PLACE = "tokens to revoke"
NOT_YET = "tokens not to revoke yet"


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


def about_refresh(person_id: int, network: str) -> str:
    """The same for the token that renews it."""
    return f"account|{person_id}|{network}|refresh token"


def lent(account: Account) -> list[LentToken]:
    """What an account holds: its token, and the one that renews it if there is one."""
    owner, network = account.person_id, account.network
    key_id = account.token_key_id
    tokens = [
        LentToken(network, account.token_locked, key_id, about_token(owner, network))
    ]
    if account.refresh_locked is not None:
        about = about_refresh(owner, network)
        tokens.append(LentToken(network, account.refresh_locked, key_id, about))
    return tokens


def lent_grant(row: ConnectingRound) -> LentToken:
    """The token of a round that ended without a yes."""
    data, key_id = row.grant_locked or b"", row.grant_key_id or ""
    about = about_grant(row.state_hash)
    return LentToken(row.network, data, key_id, about, is_grant=True)


def revoke_later(session: Session, tokens: list[LentToken]) -> None:
    """Leave tokens to be revoked once the transaction is stored."""
    session.info.setdefault(PLACE, []).extend(tokens)


def revoke_not_yet(session: Session, tokens: list[LentToken]) -> None:
    """Said before their row goes: whoever keeps these has them revoked later."""
    kept = session.info.setdefault(NOT_YET, set())
    kept.update(token.data for token in tokens)


def take_tokens_to_revoke(session: Session) -> list[LentToken]:
    """What was left there, but for what somebody still needs."""
    tokens: list[LentToken] = session.info.pop(PLACE, [])
    needed: set[bytes] = session.info.pop(NOT_YET, set())
    return [token for token in tokens if token.data not in needed]
