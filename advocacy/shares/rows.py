"""One share as the list shows it, before anything is put into words."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from advocacy.hooks import Holdup
from advocacy.shares.models import Share, ShareState
from advocacy.shares.shortening import shortened


class Group(StrEnum):
    """Where on the page a share stands; in this order."""

    LEAVING = "leaving"  # a matter of seconds, and to be undone meanwhile
    LOOK = "look"
    WAITING = "waiting"
    PLANNED = "planned"
    POSTED = "posted"
    OTHER = "other"


class Action(StrEnum):
    """What one can do about a share; each is a button in `shares/actions.html`."""

    UNDO = "undo"
    CANCEL = "cancel"
    STOP = "stop"
    CHANGE = "change"
    THERE = "there"
    NOT_THERE = "not_there"
    TAKE_BACK = "take_back"
    ACTIVITY = "activity"
    CONNECT = "connect"
    SEND_NOW = "send_now"
    COPY = "copy"
    OPEN = "open"
    DELETE = "delete"
    ADDRESS = "address"
    POSTED = "posted"
    TAKE_OFF = "take_off"
    WRITE_AGAIN = "write_again"


@dataclass(frozen=True)
class Circumstances:
    """What a row depends on besides its share: networks by name, shares by id."""

    hold_seconds: int
    # Networks for which nothing of the person's leaves now.
    held_up: Mapping[str, Holdup] = field(default_factory=dict)
    # Those where no key of theirs works.
    cut: AbstractSet[str] = frozenset()
    removable: AbstractSet[int] = frozenset()
    deletable: AbstractSet[int] = frozenset()  # those that we hold a key for
    # Those that are there by their owner's word alone.
    only_said: AbstractSet[int] = frozenset()
    seen: AbstractSet[str] = frozenset()  # codes of links that LinkedIn has fetched
    # Those that did not leave now, and may have at an earlier try.
    doubted: AbstractSet[int] = frozenset()
    # When those in doubt were about to be sent.
    tried: Mapping[int, datetime] = field(default_factory=dict)
    attempts: Mapping[int, int] = field(default_factory=dict)  # the last, where any


@dataclass(frozen=True)
class Row:
    """One share as the page shows it."""

    share: Share
    group: Group
    icon: str
    words: str
    actions: tuple[Action, ...] = ()
    tone: str = ""  # "wait", "good", "unsure", "bad"
    box: str = ""  # "hold", "unsure", "bad": set apart on a wash
    more: str = ""  # one more sentence
    when: str = ""  # the time it has to do with, where `words` say none
    seconds_left: int | None = None  # of the hold
    open: bool = False  # whether the item is in the library now
    attempt: int = 0  # its last one: a press is about no later one

    @property
    def words_shown(self) -> str:
        """As much of the person's own words as a list has room for.

        All of them where the person has to find the post again among others.
        """
        if self.share.state is ShareState.UNCERTAIN:
            return self.share.text
        return shortened(self.share.text)

    @property
    def under_way(self) -> bool:
        """Whether the page should look again by itself."""
        return self.group in {Group.LEAVING, Group.WAITING}
