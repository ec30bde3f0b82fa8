"""What the demonstration's processes are told: settings of a service of their own."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from advocacy.demo.keys import kept_keys
from advocacy.demo.ports import HOST

ROOT = Path(__file__).resolve().parents[2]
ORGANISATION = "Veenstroom"
CLIENT_ID = "veenstroom-library"
FIGURES_CLIENT_ID = "veenstroom-figures"
CLIENT_SECRET = "only-for-the-pretend-network"  # noqa: S105 – it opens nothing
# Never taken from the starter's environment: a shell that is set up for a real
# installation must not lend the demonstration its database.
OURS = frozenset(
    {
        "DATABASE_URL",
        "REDIS_URL",
        "BROKER_URL",
        "VISITORS_REDIS_URL",
        "BASE_URL",
        "SECRET_KEY",
        "TOKEN_KEYS",
        "DATA_FOLDER",
        "ORGANISATION",
        "DEMO",
        "PROXY_HOPS",
        "PRIVATE_HOSTS_ALLOWED",
        "LINKEDIN_CLIENT_ID",
        "LINKEDIN_CLIENT_SECRET",
        "LINKEDIN_FIGURES_CLIENT_ID",
        "LINKEDIN_FIGURES_CLIENT_SECRET",
        "LINKEDIN_VERSION",
        "LINKEDIN_OAUTH_BASE",
        "LINKEDIN_API_BASE",
        "LINKEDIN_SITE_BASE",
        "MASTODON_BASE",
        "MASTODON_CLIENT_ID",
        "MASTODON_CLIENT_SECRET",
    }
)


@dataclass(frozen=True)
class Place:
    """Where this run keeps its data and listens."""

    folder: Path
    port: int
    sandbox_port: int

    @property
    def address(self) -> str:
        """Where people reach the service."""
        return f"http://{HOST}:{self.port}"

    @property
    def sandbox(self) -> str:
        """Where the pretend network is."""
        return f"http://{HOST}:{self.sandbox_port}"

    @property
    def website(self) -> Path:
        """The pages that the sample items link to."""
        return self.folder / "website" / "website.json"


def data_folder(environment: Mapping[str, str]) -> Path:
    """The one folder that holds everything the demonstration keeps."""
    return ROOT / (environment.get("DEMO_FOLDER") or ".data/demo")


def environment_for(
    place: Place, starter: Mapping[str, str], database_url: str, redis_url: str
) -> dict[str, str]:
    """The environment of every process of this run."""
    passed = {name: value for name, value in starter.items() if name not in OURS}
    keys = kept_keys(place.folder / "keys")
    return passed | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "BASE_URL": place.address,
        **keys,
        "DATA_FOLDER": str(place.folder),
        "ORGANISATION": ORGANISATION,
        "DEMO": "1",
        "PRIVATE_HOSTS_ALLOWED": f"{HOST}:{place.sandbox_port}",
        "LINKEDIN_CLIENT_ID": CLIENT_ID,
        "LINKEDIN_CLIENT_SECRET": CLIENT_SECRET,
        "LINKEDIN_FIGURES_CLIENT_ID": FIGURES_CLIENT_ID,
        "LINKEDIN_FIGURES_CLIENT_SECRET": CLIENT_SECRET,
        "LINKEDIN_OAUTH_BASE": place.sandbox,
        "LINKEDIN_API_BASE": place.sandbox,
        "LINKEDIN_SITE_BASE": place.sandbox,
        # The pretend network speaks plain HTTP, on this machine only.
        "OAUTHLIB_INSECURE_TRANSPORT": "1",
        # A proxy must not be asked for what is on this machine.
        "NO_PROXY": f"{HOST},localhost",
        "no_proxy": f"{HOST},localhost",
        "PYTHONUNBUFFERED": "1",
        "PATH": starter.get("PATH") or os.defpath,
    }
