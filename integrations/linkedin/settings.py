"""What an installation decides about LinkedIn; the sandbox differs in nothing else."""

from dataclasses import dataclass, field

from integrations.linkedin.versions import DEFAULT_VERSION, is_a_version
from integrations.server_addresses import is_server

LINKEDIN = "https://www.linkedin.com"
LINKEDIN_API = "https://api.linkedin.com"


@dataclass(frozen=True)
class Patience:
    """How long we wait for what, in seconds."""

    connect: float = 5
    answer: float = 30
    # Between the tries of a call that may be repeated: six tries in all. So long all of
    # them may take together; what is sent adds its own time (`bounded_http`).
    pauses: tuple[float, ...] = (0.5, 1, 2, 4, 8)
    seconds: float = 90
    # The same where a person waits, or a token that nobody else may renew meanwhile.
    hurried_pauses: tuple[float, ...] = (0.2, 0.4, 0.8, 1.6, 3.2)
    hurried_seconds: float = 30
    # A new token takes a moment to be known everywhere at LinkedIn.
    fresh_token: tuple[float, ...] = (1, 3, 8)
    # Members may not ask how far a picture or document is, so we wait blindly, once.
    blind: float = 5
    # Between the looks at a video, six minutes: each look is one of the day's calls.
    video: tuple[float, ...] = (2, 4, 8, 16, 30, 60, 60, 60, 60, 60)

    @property
    def looks(self) -> int:
        """How often a video is looked at, at most."""
        return len(self.video) + 1


@dataclass(frozen=True)
class LinkedInSettings:
    """Read once by the configuration; nobody here looks at the environment."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_address: str
    version: str = DEFAULT_VERSION
    oauth_base: str = LINKEDIN
    api_base: str = LINKEDIN_API
    site_base: str = LINKEDIN
    # Certificates to trust instead of the usual ones (a file in PEM form).
    ca_file: str | None = None
    patience: Patience = Patience()

    def __post_init__(self) -> None:
        """Fail at the start, not at the first post."""
        if not is_a_version(self.version):
            raise ValueError("the LinkedIn version is a year and a month, like 202609")
        for name in ("oauth_base", "api_base", "site_base"):
            base = getattr(self, name).rstrip("/")
            if not is_server(base):
                raise ValueError(f"{name} must be https:// and a host, and end there")
            object.__setattr__(self, name, base)
