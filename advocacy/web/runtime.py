"""What a request reaches through its app: the settings, the outside, and hooks between slices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import current_app
from sqlalchemy.orm import Session

from advocacy.config import Settings
from advocacy.outside import Outside

# A step of `advocacy.consent.cascade`, which is above this file, as purposes are.
WithdrawalStep = Callable[[Session, int, Any, datetime], None]
# A person's account works again: (session, person id, network, moment).
AccountConnected = Callable[[Session, int, str, datetime], object]
# A person's posts that stay on a network, for the list after withdrawal: (title, address,
# whether nobody could see that it arrived).
PostsLeft = Callable[[Session, int], Sequence[tuple[str, str, bool]]]

# How many of a person's posts are on the wire: (session, person id).
PostsLeaving = Callable[[Session, int], int]


@dataclass(frozen=True)
class Runtime:
    """One process's parts. The hooks are filled in `app.py`, where the slices meet, because a
    slice below may not import one above it."""

    settings: Settings
    outside: Outside
    withdrawal_cascade: Sequence[WithdrawalStep]
    cascade_that_leaves_posts: Sequence[WithdrawalStep]
    posts_left: PostsLeft
    posts_leaving: PostsLeaving
    account_connected: AccountConnected


def runtime() -> Runtime:
    """The parts of the app that handles this request."""
    return cast("Runtime", current_app.extensions["advocacy"])
