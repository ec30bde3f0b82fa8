"""On whose profile a post would leave now, for pages that name it before a press counts."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.outside import network_name


@dataclass(frozen=True)
class Profile:
    """The account that is connected to a network; both empty where none is."""

    network: str
    member_hash: str = ""
    name: str = ""

    @classmethod
    def of(cls, account: Account) -> "Profile":
        """That of a connected account."""
        return cls(account.network, account.member_hash, account.member_name)


NO_PROFILE = Profile("")


def profile_of(session: Session, person_id: int, network: str) -> Profile:
    """The one on which a person's posts to a network would leave."""
    account = account_of(session, person_id, network)
    return Profile.of(account) if account else Profile(network)


def another_one(profile: Profile) -> str:
    """What must be said where the pressed page was made while another one was connected."""
    return _(
        "Another %(network)s account has been connected since you opened this page. The"
        " post leaves on that of %(name)s.",
        network=network_name(profile.network),
        name=profile.name,
    )
