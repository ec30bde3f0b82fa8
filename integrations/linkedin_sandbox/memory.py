"""The pretend network's memory: behind one lock, and on disk after each change.

All of it is written each time: right for a demonstration, slow after thousands of posts.
"""

import json
import shutil
import threading
from collections import Counter
from dataclasses import asdict
from typing import Any

from integrations.clock import now
from integrations.linkedin_sandbox.call_counts import CallCounts
from integrations.linkedin_sandbox.creates_log import CreatesLog
from integrations.linkedin_sandbox.fault_mix import FaultMix
from integrations.linkedin_sandbox.records import (
    Asset,
    Code,
    Member,
    Part,
    Post,
    RefreshToken,
    Token,
    name_of,
)
from integrations.linkedin_sandbox.settings import SandboxSettings

FIRST_POST = 7_130_000_000_000_000_000


class Memory:
    """Everything the network knows. Hold `lock` while you look and change."""

    def __init__(self, settings: SandboxSettings) -> None:
        """Remember what an earlier run left in the folder."""
        self.settings = settings
        self.lock = threading.RLock()
        self.media = settings.folder / "media"
        self._file = settings.folder / "network.json"
        self.redirect_addresses = set(settings.redirect_addresses)
        self.members: dict[str, Member] = {}
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}
        self.refresh_tokens: dict[str, RefreshToken] = {}
        self.assets: dict[str, Asset] = {}
        self.posts: dict[str, Post] = {}
        self.numbers: Counter[str] = Counter()
        # Not kept: how the network behaves, and how much it was asked.
        self.fault = "behave"
        self.fault_times = 0
        self.fault_mix = FaultMix()
        self.call_counts = CallCounts()
        kept = settings.folder / "creates.jsonl"
        self.creates_log = CreatesLog(kept if settings.keeps else None)
        self.media.mkdir(parents=True, exist_ok=True)
        if settings.keeps and self._file.exists():
            self._remember(json.loads(self._file.read_text()))

    def next(self, kind: str) -> int:
        """A number not given out before."""
        self.numbers[kind] += 1
        return self.numbers[kind]

    def member_named(self, name: str) -> Member:
        """The member of that name, made when new. The same name is the same member."""
        for member in self.members.values():
            if member.name == name:
                return member
        member = Member(f"pretend{self.next('member'):04d}", name)
        self.members[member.sub] = member
        return member

    def next_post_urn(self) -> str:
        """Sometimes a share, sometimes a ugcPost, as on the real network."""
        number = self.next("post")
        kind = "share" if number % 2 else "ugcPost"
        return f"urn:li:{kind}:{FIRST_POST + number}"

    def new_asset(self, kind: str, owner: str) -> Asset:
        """An asset without bytes."""
        asset = Asset(self.next("asset"), kind, owner, now().timestamp())
        self.assets[asset.urn] = asset
        return asset

    def asset_numbered(self, number: int) -> Asset | None:
        """The asset with that number."""
        for kind in ("image", "video", "document"):
            if asset := self.assets.get(f"urn:li:{kind}:{name_of(number)}"):
                return asset
        return None

    def forget_posts(self) -> None:
        """Empty the feed; members and tokens stay."""
        self.posts.clear()
        self.assets.clear()
        shutil.rmtree(self.media)
        self.media.mkdir()
        self.save()

    def save(self) -> None:
        """Write everything down, whole or not at all."""
        if not self.settings.keeps:
            return
        parts = {
            name: [asdict(record) for record in getattr(self, name).values()]
            for name in (
                "members",
                "codes",
                "tokens",
                "refresh_tokens",
                "assets",
                "posts",
            )
        }
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps(parts | {"numbers": self.numbers}))
        draft.replace(self._file)

    def _remember(self, kept: dict[str, Any]) -> None:
        self.numbers.update(kept["numbers"])
        self.members = {one["sub"]: Member(**one) for one in kept["members"]}
        self.codes = {one["value"]: Code(**one) for one in kept["codes"]}
        self.tokens = {one["value"]: Token(**one) for one in kept["tokens"]}
        # Not in what older runs left.
        kept_refresh = kept.get("refresh_tokens", [])
        self.refresh_tokens = {
            one["value"]: RefreshToken(**one) for one in kept_refresh
        }
        self.posts = {one["urn"]: Post(**one) for one in kept["posts"]}
        for one in kept["assets"]:
            parts = [Part(**part) for part in one.pop("parts")]
            asset = Asset(**one, parts=parts)
            self.assets[asset.urn] = asset
