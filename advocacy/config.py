"""Every setting, read once from the environment; the start fails naming all that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from advocacy.environment import Reader
from integrations.brokers import is_broker, is_redis
from integrations.clock import zones
from integrations.linkedin.settings import LINKEDIN, LINKEDIN_API
from integrations.linkedin.versions import DEFAULT_VERSION, is_a_version
from integrations.mastodon.settings import server_base
from integrations.server_addresses import THIS_MACHINE, host_of, is_server


class BadSettings(Exception):
    """The environment cannot be used; one line for each setting, no value in it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """The settings of one process. docs/settings.md explains each for administrators."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    broker_url: str = field(repr=False)  # carries messages; redis_url if not given
    base_url: str  # where people reach the service, no slash at the end
    secret_key: str = field(repr=False)  # signs cookies
    # Keys that lock tokens: {key id: 32 bytes}; the first one locks, all unlock.
    token_keys: Mapping[str, bytes] = field(repr=False)
    data_folder: Path
    organisation: str  # its name, in the masthead and in what people may say
    time_zone: str = "Europe/Amsterdam"
    default_language: str = "en"
    visitors_redis_url: str = field(default="", repr=False)  # who was here today
    demo: bool = False  # sample people may be signed in as; refused on public addresses
    proxy_hops: int = 0  # reverse proxies in front, whose X-Forwarded-* are believed
    hold_seconds: int = 60
    # A planned post leaves at some moment within these after its time.
    spread_minutes: int = 0
    # Whether a doubt is asked about by sending the same once more (reliability.md 2.2).
    probe_doubts: bool = False
    # The most posts that leave in a second, of all workers together; 0: no limit.
    posts_per_second: int = 0
    # Posts that one worker process has on their way at once.
    posting_threads: int = 100
    # host:port pairs that links and previews may reach although they are private.
    private_hosts_allowed: tuple[str, ...] = ()
    linkedin_client_id: str = ""
    linkedin_client_secret: str = field(default="", repr=False)
    # A second app, which LinkedIn wants for reading figures; empty: none are read.
    linkedin_figures_client_id: str = ""
    linkedin_figures_client_secret: str = field(default="", repr=False)
    linkedin_version: str = DEFAULT_VERSION
    linkedin_oauth_base: str = LINKEDIN
    linkedin_api_base: str = LINKEDIN_API
    linkedin_site_base: str = LINKEDIN
    mastodon_base: str = ""  # the organisation's server; empty: no Mastodon
    mastodon_client_id: str = ""
    mastodon_client_secret: str = field(default="", repr=False)

    @property
    def secure(self) -> bool:
        """Whether people reach it over TLS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")

    @property
    def mastodon_ready(self) -> bool:
        """Whether there is a Mastodon server to post to."""
        return bool(self.mastodon_base)

    @property
    def linkedin_ready(self) -> bool:
        """Whether accounts can be connected at all."""
        return bool(self.linkedin_client_id and self.linkedin_client_secret)

    @property
    def linkedin_figures_ready(self) -> bool:
        """Whether LinkedIn lets this organisation ask for figures of posts."""
        return bool(
            self.linkedin_ready
            and self.linkedin_figures_client_id
            and self.linkedin_figures_client_secret
        )


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check every setting.

    Raises BadSettings naming all problems at once, without their values.
    """
    reader = Reader(environment)
    settings = _settings_of(reader)
    problems = [*reader.problems, *_problems(settings)]
    if problems:
        raise BadSettings(problems)
    return settings


def _settings_of(reader: Reader) -> Settings:
    return Settings(
        database_url=reader.postgres("DATABASE_URL"),
        redis_url=reader.needed("REDIS_URL"),
        broker_url=reader.text("BROKER_URL", reader.text("REDIS_URL")),
        base_url=reader.needed("BASE_URL").rstrip("/"),
        secret_key=reader.needed("SECRET_KEY"),
        token_keys=reader.keys("TOKEN_KEYS"),
        data_folder=Path(reader.needed("DATA_FOLDER")),
        organisation=reader.needed("ORGANISATION"),
        time_zone=reader.text("TIME_ZONE", "Europe/Amsterdam"),
        default_language=reader.text("DEFAULT_LANGUAGE", "en"),
        visitors_redis_url=reader.text("VISITORS_REDIS_URL"),
        demo=reader.yes("DEMO"),
        proxy_hops=reader.number("PROXY_HOPS", 0),
        hold_seconds=reader.number("HOLD_SECONDS", 60),
        spread_minutes=reader.number("SPREAD_MINUTES", 0, most=60),
        probe_doubts=reader.yes("PROBE_DOUBTS"),
        posts_per_second=reader.number("POSTS_PER_SECOND", 0),
        posting_threads=reader.number("POSTING_THREADS", 100, least=1),
        private_hosts_allowed=reader.words("PRIVATE_HOSTS_ALLOWED"),
        linkedin_client_id=reader.text("LINKEDIN_CLIENT_ID"),
        linkedin_client_secret=reader.text("LINKEDIN_CLIENT_SECRET"),
        linkedin_figures_client_id=reader.text("LINKEDIN_FIGURES_CLIENT_ID"),
        linkedin_figures_client_secret=reader.text("LINKEDIN_FIGURES_CLIENT_SECRET"),
        linkedin_version=reader.text("LINKEDIN_VERSION", DEFAULT_VERSION),
        linkedin_oauth_base=reader.text("LINKEDIN_OAUTH_BASE", LINKEDIN),
        linkedin_api_base=reader.text("LINKEDIN_API_BASE", LINKEDIN_API),
        linkedin_site_base=reader.text("LINKEDIN_SITE_BASE", LINKEDIN),
        mastodon_base=reader.text("MASTODON_BASE").rstrip("/"),
        mastodon_client_id=reader.text("MASTODON_CLIENT_ID"),
        mastodon_client_secret=reader.text("MASTODON_CLIENT_SECRET"),
    )


def _problems(settings: Settings) -> list[str]:
    """What is set but cannot be right (reliability.md 4.2, row 54)."""
    local = host_of(settings.base_url) in THIS_MACHINE
    problems = _address_problems(settings)
    if settings.base_url and not is_server(settings.base_url):
        problems.append(
            "BASE_URL must name a host and end there, like https://library.example.org"
        )
    elif settings.base_url and not settings.secure and not local:
        problems.append("BASE_URL must begin with https://")
    if settings.demo and not local:
        problems.append("DEMO is only for 127.0.0.1: anyone could sign in as anyone")
    if settings.secret_key and len(settings.secret_key) < 32:
        problems.append("SECRET_KEY must have 32 characters or more")
    key = settings.secret_key.encode(errors="surrogateescape")
    if key and key in settings.token_keys.values():
        problems.append("SECRET_KEY and TOKEN_KEYS must differ")
    if settings.time_zone not in zones():
        problems.append("TIME_ZONE is not a time zone")
    if settings.default_language not in {"en", "nl"}:
        problems.append("DEFAULT_LANGUAGE must be en or nl")
    problems += _mastodon_problems(settings, local=local)
    return problems + _linkedin_problems(settings, local=local)


AND_BE_READ = (
    "and be readable: a port is a number, and the signs @ : / of a password are written"
    " %40 %3A %2F"
)


def _address_problems(settings: Settings) -> list[str]:
    """Where the database and the broker are."""
    problems = []
    if settings.database_url and not settings.database_url.startswith("postgresql"):
        problems.append("DATABASE_URL must begin with postgresql://")
    elif settings.database_url and not _can_be_read(settings.database_url):
        problems.append(f"DATABASE_URL must begin with postgresql:// {AND_BE_READ}")
    redis_url, broker_url = settings.redis_url, settings.broker_url
    shared = {"REDIS_URL": redis_url, "VISITORS_REDIS_URL": settings.visitors_redis_url}
    for name, address in shared.items():
        if address and not is_redis(address):
            problems.append(f"{name} must begin with redis:// {AND_BE_READ}")
    if broker_url not in {"", redis_url} and not is_broker(broker_url):
        problems.append(f"BROKER_URL must begin with redis:// or amqp:// {AND_BE_READ}")
    return problems


def _can_be_read(database_url: str) -> bool:
    try:
        make_url(database_url)
    except (ArgumentError, ValueError):  # whose words hold a part of it
        return False
    return True


def _linkedin_problems(settings: Settings, *, local: bool) -> list[str]:
    problems = [
        f"{name.upper()} must be a server, https:// and its name"
        for name in ("linkedin_oauth_base", "linkedin_api_base", "linkedin_site_base")
        if not is_server(getattr(settings, name))
    ]
    if settings.linkedin_ready and not settings.demo:
        bases = (settings.linkedin_oauth_base, settings.linkedin_api_base)
        if not all(base.startswith("https://") for base in bases) and not local:
            problems.append("LINKEDIN_*_BASE must begin with https://")
    if not is_a_version(settings.linkedin_version):
        problems.append("LINKEDIN_VERSION must be a month like 202609")
    if bool(settings.linkedin_client_id) != bool(settings.linkedin_client_secret):
        problems.append("LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET go together")
    second = (
        settings.linkedin_figures_client_id,
        settings.linkedin_figures_client_secret,
    )
    if any(second) and not all(second):
        problems.append(
            "LINKEDIN_FIGURES_CLIENT_ID and LINKEDIN_FIGURES_CLIENT_SECRET go together"
        )
    if all(second) and second[0] == settings.linkedin_client_id:
        problems.append("LINKEDIN_FIGURES_CLIENT_ID must be a second app")
    return problems


def _mastodon_problems(settings: Settings, *, local: bool) -> list[str]:
    given = [
        settings.mastodon_base,
        settings.mastodon_client_id,
        settings.mastodon_client_secret,
    ]
    if not any(given):
        return []
    problems = []
    if not all(given):
        problems.append(
            "MASTODON_BASE, MASTODON_CLIENT_ID and MASTODON_CLIENT_SECRET go together"
        )
    try:
        server_base(settings.mastodon_base)
    except ValueError:
        problems.append("MASTODON_BASE must be a server, https:// and its name")
    if settings.mastodon_base.startswith("http://") and not local:
        problems.append("MASTODON_BASE must begin with https://")
    return problems
