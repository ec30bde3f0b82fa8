"""Telling the network to forget a token, after our own row is gone: best effort, never
a reason to keep somebody waiting or to say that turning off failed.
"""

import json
from collections.abc import Mapping
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from advocacy.accounts.operations import forget_accounts
from advocacy.accounts.to_revoke import LentToken, take_tokens_to_revoke
from advocacy.consent.cascade import CascadeStep
from advocacy.consent.models import Purpose
from integrations.database import after_commit
from integrations.network import SignOn
from integrations.token_vault import CannotUnlock, TokenVault

log = structlog.get_logger()
SignOns = Mapping[str, SignOn]


def forgetting(vault: TokenVault, sign_ons: SignOns) -> CascadeStep:
    """The accounts' part of a withdrawal: rows now, revoking after the commit."""

    def step(
        session: Session, person_id: int, purpose: Purpose, at: datetime, /
    ) -> None:
        forget_accounts(session, person_id, purpose, at)
        revoke_after_commit(session, vault, sign_ons)

    return step


def revoke_after_commit(session: Session, vault: TokenVault, sign_ons: SignOns) -> None:
    """Once the transaction is stored, revoke what its operations let go of."""
    tokens = take_tokens_to_revoke(session)
    if tokens:
        after_commit(session, lambda: revoke_all(tokens, vault, sign_ons))


def revoke_all(tokens: list[LentToken], vault: TokenVault, sign_ons: SignOns) -> None:
    """Revoke each; what cannot be said to the network ends with the token's own
    life.
    """
    for lent in tokens:
        try:
            plain = vault.unlock(lent.data, lent.key_id, lent.about)
        except CannotUnlock:
            log.warning("token not revoked: its key is gone", network=lent.network)
            continue
        sign_on = sign_ons.get(lent.network)
        for token in _of_grant(plain) if lent.is_grant else [plain]:
            if sign_on is None or not sign_on.revoke(token):
                log.warning("token not revoked", network=lent.network)


def _of_grant(plain: str) -> list[str]:
    grant = json.loads(plain)
    return [token for token in (grant["token"], grant.get("refresh_token")) if token]
