"""What slices do for each other through the app, where one may not import the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

# A step of `advocacy.consent.cascade`, which is above this file, as purposes are.
WithdrawalStep = Callable[[Session, int, Any, datetime], None]


class PostsWaiting(NamedTuple):
    """How many of a person's posts to a network wait, by what connecting makes of them."""

    leaving: int = 0  # they leave after a new hold
    planned: int = 0  # they leave at their own time
    late: int = 0  # they have waited too long to leave by themselves
    others: int = (
        0  # they were confirmed for another profile than is, or would be, connected
    )


# A person's account works again: (session, person id, network, moment).
AccountConnected = Callable[[Session, int, str, datetime], PostsWaiting]
# What that would do: the same, and which profile it is, None where nobody knows yet.
CountWaiting = Callable[[Session, int, str, datetime, str | None], PostsWaiting]


@dataclass(frozen=True)
class Holdup:
    """Why nothing of a person's posts leaves for a network now: posting is paused, or
    the day's calls are used up.
    """

    # The midnight UTC from which there are calls again; None while posting is paused,
    # as nobody knows until when.
    goes_on_at: datetime | None = None

    @property
    def paused(self) -> bool:
        """Why is nobody's business here."""
        return self.goes_on_at is None


# Whether that is so: (session, person id, network, moment).
WhatHoldsUp = Callable[[Session, int, str, datetime], Holdup | None]


class PostLeft(NamedTuple):
    """What a withdrawal leaves on the network; `address` is empty where none is known."""

    title: str
    network: str
    address: str
    in_doubt: bool  # it may be there: nobody could see whether it arrived


# For the list after a withdrawal: (session, person id).
PostsLeft = Callable[[Session, int], Sequence[PostLeft]]
# How many of a person's posts have not left, or are on the wire: (session, person id).
CountPosts = Callable[[Session, int], int]
