"""Why a network stopped taking a token: asked once, for the log (linkedin.md 1.6)."""

import structlog

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of, mark_refused
from advocacy.accounts.queries import account_of
from advocacy.outside import Outside
from integrations.database import transaction
from integrations.errors import ProviderError
from integrations.network import TokenState
from integrations.token_vault import CannotUnlock

log = structlog.get_logger()


def learn_why_refused(account_id: int, outside: Outside) -> TokenState | None:
    """Ask about the account's token; None where nobody can tell.

    A call to the outside: in no transaction, and for a token that is older than a minute,
    as a newer one may only not be known everywhere yet.
    """
    with transaction() as session:
        account = session.get(Account, account_id)
        if account is None:
            return None
        try:
            token = access_of(account, outside.vault).token
        except CannotUnlock:
            return None
        network = account.network
    sign_on = outside.sign_ons.get(network)
    if sign_on is None:  # our app there was taken away
        return None
    try:
        state = sign_on.token_state(token)
    except ProviderError as error:
        log.info("token_state_unknown", network=network, code=error.code)
        return None
    log.info("token_refused", network=network, code=state.value)
    return state


def look_after_other_scopes(person_id: int, network: str, outside: Outside) -> None:
    """A round for other permissions may have ended the account's token: say so now, not
    when the next post is due.
    """
    with transaction() as session:
        account = account_of(session, person_id, network)
    if account is None:
        return
    state = learn_why_refused(account.id, outside)
    if state in {TokenState.EXPIRED, TokenState.REVOKED}:
        with transaction() as session:
            mark_refused(session, account.id)
