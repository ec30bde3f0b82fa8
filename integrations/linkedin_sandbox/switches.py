"""What can be set while the network runs: how strict it is, how slow, how generous."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from integrations.linkedin_sandbox.settings import SandboxSettings


@dataclass(frozen=True)
class Kind:
    """How a value is read, and what it may look like, in words."""

    read: Callable[[str], Any]
    words: str


@dataclass(frozen=True)
class Switch:
    """One thing that can be set."""

    label: str
    kind: Kind


def _yes(text: str) -> bool:
    return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]


def _amount(text: str) -> float:
    found = float(text)
    if not 0 <= found < 1e10:
        raise ValueError(text)
    return found


def _whole(text: str) -> int:
    found = int(text)
    if not 0 <= found < 10**10:
        raise ValueError(text)
    return found


def _limit(text: str) -> int | None:
    return None if text in {"", "None"} else _whole(text)


def _version(text: str) -> str:
    if not re.fullmatch(r"\d{6}", text):
        raise ValueError(text)
    return text


def _versions(text: str) -> tuple[str, ...]:
    return tuple(_version(one) for one in re.findall(r"[^\s,\[\]'\"]+", text))


YES = Kind(_yes, "yes or no")
SECONDS = Kind(_amount, "seconds")
CALLS = Kind(_whole, "a number")
LIMIT = Kind(_limit, "a number, or empty for no limit")
VERSION = Kind(_version, "a version, like 202609")
VERSIONS = Kind(_versions, "versions, like 202608 202609")

SWITCHES = {
    "slow_to_know_tokens": Switch("Calls for which a new token is not known", CALLS),
    "slow_to_know_seconds": Switch("How long a new token is not known", SECONDS),
    "token_seconds": Switch("How long a token lasts", CALLS),
    "partner": Switch("The app for posts gets refresh tokens", YES),
    "figures_partner": Switch("The app for figures gets refresh tokens", YES),
    "figures_own_ids": Switch("Members have another id at the app for figures", YES),
    "skips_known_consent": Switch("No consent screen for what was allowed before", YES),
    "dead_versions": Switch("Versions no longer served", VERSIONS),
    "oldest_version": Switch("The oldest version served", VERSION),
    "newest_version": Switch("The newest version served", VERSION),
    "duplicate_seconds": Switch("How long the same post is a duplicate", SECONDS),
    "ghost_duplicates": Switch("Deleted posts count as duplicates too", YES),
    "strict_text": Switch("Refuse unescaped text instead of cutting it off", YES),
    "slow_seconds": Switch("How late a late answer is", SECONDS),
    "processing_seconds": Switch("How long media are processed", SECONDS),
    "media_fail": Switch("Uploaded media fail to be processed", YES),
    "strict_parts": Switch("Refuse a video's part of another length at once", YES),
    "refuses_token_on_parts": Switch("Refuse a token beside a video's part", YES),
    "figures_after_seconds": Switch("How long figures know nothing of a post", SECONDS),
    "member_calls_a_day": Switch("Calls a member, app for posts", LIMIT),
    "app_calls_a_day": Switch("Calls in all, app for posts", LIMIT),
    "figures_member_calls_a_day": Switch("Calls a member, app for figures", LIMIT),
    "figures_app_calls_a_day": Switch("Calls in all, app for figures", LIMIT),
    "ahead_seconds": Switch("How far this network's clock is ahead", SECONDS),
}


class SettingsWrong(ValueError):
    """A value that does not fit its name."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name}: {words}")
        self.name = name
        self.words = words


def changed(settings: SandboxSettings, given: Mapping[str, Any]) -> SandboxSettings:
    """`settings` with the given values in place.

    Raises KeyError for a name not known, SettingsWrong for a value that does not fit.
    """
    read = {}
    for name, value in given.items():
        kind = SWITCHES[name].kind
        try:
            read[name] = kind.read("" if value is None else str(value).strip())
        except (KeyError, ValueError):
            raise SettingsWrong(name, kind.words) from None
    return replace(settings, **read)
