"""What a request reaches through its app: the settings, the outside, and hooks between slices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from flask import current_app

from advocacy.config import Settings
from advocacy.hooks import (
    AccountConnected,
    CountPosts,
    CountWaiting,
    PostsLeft,
    WhatHoldsUp,
    WithdrawalStep,
)
from advocacy.outside import Outside


@dataclass(frozen=True)
class Runtime:
    """One process's parts. The hooks are filled in `app.py`, where the slices meet, because a
    slice below may not import one above it."""

    settings: Settings
    outside: Outside
    withdrawal_cascade: Sequence[WithdrawalStep]
    cascade_that_leaves_posts: Sequence[WithdrawalStep]
    posts_left: PostsLeft
    posts_planned: CountPosts
    posts_leaving: CountPosts
    account_connected: AccountConnected
    posts_waiting: CountWaiting
    posts_held_up: WhatHoldsUp


def runtime() -> Runtime:
    """The parts of the app that handles this request."""
    return cast("Runtime", current_app.extensions["advocacy"])
