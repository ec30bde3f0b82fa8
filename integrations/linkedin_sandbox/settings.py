"""How strict and how fast the pretend network is."""

from dataclasses import dataclass
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
    code_seconds: float = 30 * 60
    token_seconds: int = 60 * DAY
    upload_seconds: float = DAY
    processing_seconds: float = 0
    duplicate_seconds: float = 10 * 60
    slow_seconds: float = 40
    # LinkedIn allows 150 and 100,000; None counts nothing.
    member_calls_a_day: int | None = None
    app_calls_a_day: int | None = None
    # Unescaped text is refused instead of cut off.
    strict_text: bool = False
    part_bytes: int = 4 * 1024 * 1024
    smallest_video: int = 75 * 1024
    largest_video: int = 500 * 1024 * 1024
