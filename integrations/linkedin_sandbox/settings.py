"""How strict and how fast the pretend network is."""

from dataclasses import dataclass, replace
from pathlib import Path

DAY = 24 * 60 * 60


@dataclass(frozen=True)
class SandboxSettings:
    """Given by whoever starts it; the defaults are LinkedIn's own figures."""

    # Posts, members, tokens and media are kept here; a new folder is a new network.
    folder: Path
    # Off for long runs: nothing is written down, and nothing outlasts the process.
    keeps: bool = True
    client_id: str = "pretend-client"
    client_secret: str = "pretend-secret"  # noqa: S105 – it opens nothing
    redirect_addresses: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset({"openid", "profile", "w_member_social"})
    # Gets refresh tokens, as LinkedIn's partners do.
    partner: bool = False
    # The second app, which reads figures. Its members have ids of their own, as LinkedIn
    # does not say whether they are the same everywhere.
    figures_client_id: str = "pretend-figures-client"
    figures_client_secret: str = "pretend-figures-secret"  # noqa: S105 – the same
    figures_scopes: frozenset[str] = frozenset(
        {"r_basicprofile", "r_member_postAnalytics"}
    )
    figures_partner: bool = False
    figures_own_ids: bool = True
    # Names to sign in as; any other may be typed.
    members: tuple[str, ...] = ()
    # Style sheets, fonts and icons; without them the pages are plain.
    static: Path | None = None
    # A JSON file with the pages of the sample organisation's website.
    website: Path | None = None
    # Where "back to the library" leads.
    home: str = ""
    # LinkedIn leaves its consent screen out for a member who allowed the same before.
    # Here several people use one browser, so it is shown each time unless this is on.
    skips_known_consent: bool = False
    # So many calls with a new token are answered as if it were revoked.
    slow_to_know_tokens: int = 0
    # The same for so many seconds after it was made.
    slow_to_know_seconds: float = 0
    code_seconds: float = 30 * 60
    token_seconds: int = 60 * DAY
    refresh_seconds: int = 365 * DAY
    upload_seconds: float = DAY
    processing_seconds: float = 0
    # Whatever is uploaded cannot be processed in the end.
    media_fail: bool = False
    # Reports say 24 hours and more; and a deleted post counts with ghosts.
    duplicate_seconds: float = 10 * 60
    ghost_duplicates: bool = False
    slow_seconds: float = 40
    # None is no limit; `limited` has the real ones.
    member_calls_a_day: int | None = None
    app_calls_a_day: int | None = None
    figures_member_calls_a_day: int | None = None
    figures_app_calls_a_day: int | None = None
    # LinkedIn's counters take a while to know a post; how long is not documented.
    figures_after_seconds: float = 60
    # Which versions are served: from one to the other, less those that are gone.
    oldest_version: str = "202601"
    newest_version: str = "202610"
    dead_versions: tuple[str, ...] = ()
    # How far the clock of this network is ahead.
    ahead_seconds: float = 0
    # Unescaped text is refused instead of cut off.
    strict_text: bool = False
    part_bytes: int = 4 * 1024 * 1024
    smallest_video: int = 75 * 1024
    largest_video: int = 500 * 1024 * 1024
    largest_document: int = 100 * 1024 * 1024
    # A part of another length than its range is refused at once; LinkedIn seems to take
    # it, and to fail when it puts the video together.
    strict_parts: bool = True
    # A part's address is its own permission; whether LinkedIn minds a token is not known.
    refuses_token_on_parts: bool = True

    def limited(self) -> "SandboxSettings":
        """With the calls LinkedIn allows: few for an app still in development."""
        return replace(
            self,
            member_calls_a_day=150,
            app_calls_a_day=100_000,
            figures_member_calls_a_day=100,
            figures_app_calls_a_day=500,
        )
