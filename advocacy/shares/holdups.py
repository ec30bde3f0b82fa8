"""Whether a person's posts leave for a network now: for pages that say so beforehand.

Posting itself looks again (`pausing`) and reserves its calls (`budget`); here nothing is
reserved and nothing locked.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.hooks import Holdup
from advocacy.shares.budget import is_used_up, payer_of
from advocacy.shares.pausing import paused_networks
from integrations.clock import next_midnight
from integrations.network import Network


def holdup_of(
    session: Session,
    name: str,
    account: Account | None,
    networks: Mapping[str, Network],
    at: datetime,
) -> Holdup | None:
    """What holds up the posts of an account on the network `name`; None if nothing does."""
    if paused_networks(session, [name]):
        return Holdup()
    if account is None or name not in networks:
        return None
    payer = payer_of(name, account.member_id, at.date())
    used_up = is_used_up(session, payer, networks[name].day_limits)
    return Holdup(next_midnight(at)) if used_up else None


def holdups(
    session: Session,
    person_id: int,
    names: Iterable[str],
    networks: Mapping[str, Network],
    at: datetime,
) -> dict[str, Holdup]:
    """What holds up a person's posts, for those of the networks where something does."""
    found = {}
    for name in names:
        account = account_of(session, person_id, name)
        if holdup := holdup_of(session, name, account, networks, at):
            found[name] = holdup
    return found


def held_up(
    session: Session,
    person_id: int,
    network: str,
    at: datetime,
    *,
    networks: Mapping[str, Network],
) -> Holdup | None:
    """The same for one network, for pages of other slices."""
    return holdups(session, person_id, [network], networks, at).get(network)
