"""One round of connecting: out to the network with a secret, back with it, then the
person's yes.

What guards it (reliability.md 4.2, rows 14, 15, 17): the secret is good once, for ten
minutes, in the sign-in and for the person and network it was made for; and what comes
back is kept apart until the person has seen both names.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from advocacy.accounts.connections import purpose_of
from advocacy.accounts.errors import RoundOver, ScopeMissing
from advocacy.accounts.models import ConnectingRound
from advocacy.consent.queries import epoch_held
from advocacy.people.queries import hash_of
from integrations.network import Grant
from integrations.token_vault import TokenVault

OPEN_FOR = timedelta(minutes=10)
STATE_BYTES = 32


@dataclass(frozen=True)
class Traveller:
    """Who goes through the round: one person, in one sign-in, to one network."""

    person_id: int
    sign_in_token: str
    network: str


def start_round(
    session: Session,
    who: Traveller,
    scopes: frozenset[str],
    come_back_to: str,
    at: datetime,
) -> str:
    """Begin; returns the secret that goes along, of which we keep the hash."""
    state = token_urlsafe(STATE_BYTES)
    session.add(
        ConnectingRound(
            state_hash=hash_of(state),
            person_id=who.person_id,
            sign_in_hash=hash_of(who.sign_in_token),
            network=who.network,
            scopes=sorted(scopes),
            come_back_to=come_back_to,
            created_at=at,
        )
    )
    return state


def use_round(
    session: Session, who: Traveller, state: str, at: datetime
) -> ConnectingRound:
    """The network's answer came: use the secret up, whatever the answer says.

    Raises RoundOver.
    """
    taken = (
        update(ConnectingRound)
        .where(
            ConnectingRound.state_hash == hash_of(state),
            ConnectingRound.used_at.is_(None),
            *_belongs(who, at),
        )
        .values(used_at=at)
        .returning(ConnectingRound)
    )
    row = session.scalars(taken).one_or_none()
    if row is None:
        raise RoundOver
    return row


def keep_grant(
    session: Session, vault: TokenVault, row: ConnectingRound, grant: Grant
) -> None:
    """Keep what the network granted, locked, until the person confirms it.

    Raises ScopeMissing, and RoundOver when a withdrawal ended the round meanwhile.
    """
    if not grant.scopes.issuperset(row.scopes):
        raise ScopeMissing
    locked = vault.lock(_written(grant), about_grant(row.state_hash))
    kept_in = (
        update(ConnectingRound)
        .where(ConnectingRound.state_hash == row.state_hash)
        .values(
            member_id=grant.member_id,
            member_name=grant.member_name,
            grant_locked=locked.data,
            grant_key_id=locked.key_id,
        )
        .returning(ConnectingRound.state_hash)
    )
    if session.scalars(kept_in).one_or_none() is None:
        raise RoundOver


def granted_round(
    session: Session, who: Traveller, at: datetime, state_hash: str | None = None
) -> ConnectingRound:
    """The round that waits for the person's yes; the latest, unless one is named.

    Raises RoundOver.
    """
    if state_hash is not None and "\0" in state_hash:
        raise RoundOver  # no text in PostgreSQL holds a NUL
    # As a withdrawal does: first the answer, then the rounds that rest on it.
    epoch_held(session, who.person_id, purpose_of(who.network))
    query = (
        select(ConnectingRound)
        .where(ConnectingRound.grant_locked.is_not(None), *_belongs(who, at))
        .order_by(ConnectingRound.created_at.desc())
        .limit(1)
    )
    if state_hash is not None:
        query = query.where(ConnectingRound.state_hash == state_hash)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise RoundOver
    return row


def end_round(session: Session, row: ConnectingRound) -> None:
    """Forget the round and what it held."""
    session.execute(
        delete(ConnectingRound).where(ConnectingRound.state_hash == row.state_hash)
    )


def about_grant(state_hash: str) -> str:
    """What a waiting grant is locked to."""
    return f"connecting_round|{state_hash}|grant"


def open_grant(vault: TokenVault, row: ConnectingRound) -> Grant:
    """What the network granted in this round.

    Raises CannotUnlock.
    """
    if row.grant_locked is None or row.grant_key_id is None:
        raise RoundOver
    about = about_grant(row.state_hash)
    kept = json.loads(vault.unlock(row.grant_locked, row.grant_key_id, about))
    ends = kept["refresh_expires_at"]
    return Grant(
        token=kept["token"],
        refresh_token=kept["refresh_token"],
        scopes=frozenset(kept["scopes"]),
        expires_at=datetime.fromisoformat(kept["expires_at"]),
        refresh_expires_at=datetime.fromisoformat(ends) if ends else None,
        member_id=row.member_id or "",
        member_name=row.member_name or "",
    )


def _written(grant: Grant) -> str:
    ends = grant.refresh_expires_at
    kept = {
        "token": grant.token,
        "refresh_token": grant.refresh_token,
        "scopes": sorted(grant.scopes),
        "expires_at": grant.expires_at.isoformat(),
        "refresh_expires_at": ends.isoformat() if ends else None,
    }
    return json.dumps(kept)


def _belongs(who: Traveller, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ConnectingRound.person_id == who.person_id,
        ConnectingRound.sign_in_hash == hash_of(who.sign_in_token),
        ConnectingRound.network == who.network,
        ConnectingRound.created_at > at - OPEN_FOR,
    )
