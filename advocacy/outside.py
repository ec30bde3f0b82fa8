"""The outside services one process uses, made from its settings once."""

from dataclasses import dataclass

from sqlalchemy import Engine

from advocacy.config import Settings
from integrations.database import connect
from integrations.files import Files
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.settings import LinkedInSettings
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.mastodon.client import Mastodon
from integrations.mastodon.settings import MastodonSettings
from integrations.mastodon.sign_on import MastodonSignOn
from integrations.network import Network, SignOn
from integrations.token_vault import TokenVault

LINKEDIN = "linkedin"
MASTODON = "mastodon"


@dataclass(frozen=True)
class Outside:
    """Everything outside the process, by name; networks and sign-ons by network name."""

    engine: Engine
    files: Files
    vault: TokenVault
    networks: dict[str, Network]
    sign_ons: dict[str, SignOn]


def open_outside(settings: Settings, *, statement_timeout_ms: int = 10_000) -> Outside:
    """Connect to everything the settings name."""
    linkedin = LinkedInSettings(
        client_id=settings.linkedin_client_id,
        client_secret=settings.linkedin_client_secret,
        oauth_base=settings.linkedin_oauth_base,
        api_base=settings.linkedin_api_base,
        site_base=settings.linkedin_site_base,
        version=settings.linkedin_version,
        redirect_address=f"{settings.base_url}/accounts/{LINKEDIN}/back",
    )
    mastodon = _mastodon(settings)
    return Outside(
        engine=connect(
            settings.database_url, statement_timeout_ms=statement_timeout_ms
        ),
        files=Files(settings.data_folder / "media"),
        vault=TokenVault(settings.token_keys),
        networks={
            LINKEDIN: LinkedIn(linkedin),
            **{name: Mastodon(one) for name, one in mastodon.items()},
        },
        sign_ons={
            LINKEDIN: LinkedInSignOn(linkedin),
            **{name: MastodonSignOn(one) for name, one in mastodon.items()},
        },
    )


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
