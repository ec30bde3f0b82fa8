"""Tokens going into an account's row and coming out of it, locked in between."""

from advocacy.accounts.models import Account
from advocacy.accounts.to_revoke import about_refresh, about_token
from integrations.clock import now
from integrations.network import Grant
from integrations.token_vault import TokenVault


def refresh_token_of(account: Account, vault: TokenVault) -> str | None:
    """What renews the token, if the network gave that.

    Raises CannotUnlock.
    """
    if account.refresh_locked is None:
        return None
    about = about_refresh(account.person_id, account.network)
    return vault.unlock(account.refresh_locked, account.token_key_id, about)


def token_values(
    vault: TokenVault, person_id: int, network: str, grant: Grant
) -> dict[str, object]:
    """The part of a row that a new token replaces."""
    locked = vault.lock(grant.token, about_token(person_id, network))
    refresh = None
    if grant.refresh_token and grant.refresh_expires_at:
        refresh = vault.lock(grant.refresh_token, about_refresh(person_id, network))
    return {
        "token_locked": locked.data,
        "token_key_id": locked.key_id,
        "refresh_locked": refresh.data if refresh else None,
        "refresh_expires_at": grant.refresh_expires_at if refresh else None,
        "connected_at": now(),
        "expires_at": grant.expires_at,
        "renew_after": None,
        "end_noted_at": None,
    }
