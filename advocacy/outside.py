"""The outside services one process uses, made from its settings once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from advocacy.config import Settings
from integrations.breaker import Breaker
from integrations.database import connect
from integrations.files import Files
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.figures import LinkedInFigures
from integrations.linkedin.settings import LinkedInSettings
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.mastodon.client import Mastodon
from integrations.mastodon.settings import MastodonSettings
from integrations.mastodon.sign_on import MastodonSignOn
from integrations.network import FigureReader, Network, SignOn
from integrations.token_vault import TokenVault

LINKEDIN = "linkedin"
LINKEDIN_FIGURES = "linkedin-figures"  # LinkedIn's second app, as a network of its own
MASTODON = "mastodon"
# With which account the figures of a network's posts are read.
FIGURE_ACCOUNTS = {LINKEDIN: LINKEDIN_FIGURES}
# As each writes itself, for sentences; also where it is no longer set up.
NAMES = {LINKEDIN: "LinkedIn", MASTODON: "Mastodon"}


@dataclass(frozen=True)
class Outside:
    """Everything outside the process, by name; networks and sign-ons by network name."""

    engine: Engine
    files: Files
    vault: TokenVault
    networks: dict[str, Network]
    sign_ons: dict[str, SignOn]
    # By the network whose posts they are about; empty where none may be read.
    figure_readers: Mapping[str, FigureReader] = field(default_factory=dict)


def network_name(network: str) -> str:
    """What people call a network."""
    return NAMES.get(network, network)


def open_outside(
    settings: Settings, *, statement_timeout_ms: int = 10_000, ask_after: float = 0.0
) -> Outside:
    """Connect to everything the settings name."""
    linkedin = _linkedin(settings)
    breaker = Breaker()  # one count for a host, whatever it is asked
    figures = _figures(settings, linkedin)
    readers: dict[str, FigureReader] = {}
    if second := figures.get(LINKEDIN_FIGURES):
        readers[LINKEDIN] = LinkedInFigures(second, breaker)
    mastodon = _mastodon(settings)
    return Outside(
        engine=connect(
            settings.database_url,
            statement_timeout_ms=statement_timeout_ms,
            ask_after=ask_after,
        ),
        files=Files(settings.data_folder / "media"),
        vault=TokenVault(settings.token_keys),
        networks={
            LINKEDIN: LinkedIn(linkedin, breaker),
            **{name: Mastodon(one, breaker) for name, one in mastodon.items()},
        },
        sign_ons={
            LINKEDIN: LinkedInSignOn(linkedin, breaker),
            **{name: LinkedInSignOn(one, breaker) for name, one in figures.items()},
            **{name: MastodonSignOn(one, breaker) for name, one in mastodon.items()},
        },
        figure_readers=readers,
    )


def _linkedin(settings: Settings) -> LinkedInSettings:
    return LinkedInSettings(
        client_id=settings.linkedin_client_id,
        client_secret=settings.linkedin_client_secret,
        oauth_base=settings.linkedin_oauth_base,
        api_base=settings.linkedin_api_base,
        site_base=settings.linkedin_site_base,
        version=settings.linkedin_version,
        redirect_address=f"{settings.base_url}/accounts/{LINKEDIN}/back",
    )


def _figures(
    settings: Settings, linkedin: LinkedInSettings
) -> dict[str, LinkedInSettings]:
    """LinkedIn's second app by its network's name, if there is one."""
    if not settings.linkedin_figures_ready:
        return {}
    own = replace(
        linkedin,
        client_id=settings.linkedin_figures_client_id,
        client_secret=settings.linkedin_figures_client_secret,
        redirect_address=f"{settings.base_url}/accounts/{LINKEDIN_FIGURES}/back",
    )
    return {LINKEDIN_FIGURES: own}


def _mastodon(settings: Settings) -> dict[str, MastodonSettings]:
    """The Mastodon server by its network's name, if there is one."""
    if not settings.mastodon_ready:
        return {}
    return {
        MASTODON: MastodonSettings(
            base=settings.mastodon_base,
            client_id=settings.mastodon_client_id,
            client_secret=settings.mastodon_client_secret,
            redirect_address=f"{settings.base_url}/accounts/{MASTODON}/back",
        )
    }
