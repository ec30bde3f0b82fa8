"""What pages say of an account: whether it works, and once that it is about to end."""

from dataclasses import dataclass

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.accounts.renewal import ends_soon
from advocacy.outside import LINKEDIN
from advocacy.people.access import person_or_none
from integrations.clock import now
from integrations.database import transaction


@dataclass(frozen=True)
class Connection:
    """One of the person's connections, as the page about them shows it."""

    network: str
    account: Account | None
    allowed: bool  # its purpose is on

    @property
    def works(self) -> bool:
        """Whether the token may be used now."""
        account = self.account
        return bool(account and not account.refused_at and account.lasts_until > now())

    @property
    def ended(self) -> bool:
        """Whether something is connected, and its token works no more."""
        return self.account is not None and not self.works

    @property
    def renewed(self) -> bool:
        """Whether it is renewed without the person."""
        return bool(self.account and self.account.renewable(now()))


def ending_account() -> Account | None:
    """The account of whoever looks, if it ends soon and they have not put that away.

    One neutral notice and no series (privacy.md 2.4); where we renew, there is nothing
    to say.
    """
    person = person_or_none()
    if person is None:
        return None
    at = now()
    with transaction() as session:
        account = account_of(session, person.id, LINKEDIN)
    if account is None or account.end_noted_at or account.refused_at:
        return None
    if account.expires_at <= at or not ends_soon(account, at):
        return None
    return None if account.renewable(at) else account
