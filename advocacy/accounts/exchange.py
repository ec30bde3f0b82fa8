"""The way back from the network: use the round up, trade the code, keep the grant
apart.

The trade is a call to the outside, so it stands between two transactions.
"""

from dataclasses import dataclass

from advocacy.accounts.errors import (
    Declined,
    NetworkAway,
    NetworkRefused,
    NotConnected,
    TakenByColleague,
)
from advocacy.accounts.models import ConnectingRound
from advocacy.accounts.queries import is_connected, owner_of
from advocacy.accounts.rounds import Traveller, end_round, keep_grant, use_round
from integrations.clock import now
from integrations.database import transaction
from integrations.errors import NotDone, ProviderError
from integrations.network import Grant, SignOn, SignOnCancelled
from integrations.token_vault import TokenVault


@dataclass(frozen=True)
class Answer:
    """What the network sent the browser back with."""

    address: str
    state: str


def bring_back(
    who: Traveller, answer: Answer, sign_on: SignOn, vault: TokenVault, client_id: str
) -> None:
    """Finish the network's part of a round; the person's yes is still to come.

    Raises NotConnected and its kinds, and then keeps nothing.
    """
    with transaction() as session:
        row = use_round(session, who, answer.state, now())
    try:
        grant = _trade(sign_on, answer)
        _refuse_colleagues(row, grant, client_id)
        _keep(row, grant, sign_on, vault)
    except NotConnected as error:
        with transaction() as session:
            end_round(session, row)
        error.come_back_to = row.come_back_to
        raise


def _trade(sign_on: SignOn, answer: Answer) -> Grant:
    try:
        return sign_on.finish(answer.address, answer.state)
    except SignOnCancelled as error:
        raise Declined from error
    except NotDone as error:
        raise NetworkAway from error
    except ProviderError as error:
        raise NetworkRefused from error


def _refuse_colleagues(row: ConnectingRound, grant: Grant, client_id: str) -> None:
    """Said now, before anybody presses yes; storing it refuses once more.

    The grant is not given back: that may end the colleague's own.
    """
    with transaction() as session:
        owner = owner_of(session, row.network, client_id, grant.member_id)
    if owner not in {None, row.person_id}:
        raise TakenByColleague


def _keep(
    row: ConnectingRound, grant: Grant, sign_on: SignOn, vault: TokenVault
) -> None:
    try:
        with transaction() as session:
            keep_grant(session, vault, row, grant)
    except NotConnected:
        with transaction() as session:
            # A network may forget all grants of a member at once.
            may_revoke = not is_connected(session, row.network, grant.member_id)
        if may_revoke:
            sign_on.revoke(grant.token)
        raise
