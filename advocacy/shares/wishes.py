"""What a person asks for when they share, and what of the settings that depends on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from advocacy.config import Settings
from integrations.network import Mention, Network, Visibility

# "No picture", in the place of one of the item's: only a card can do without.
NO_PICTURE = 0


@dataclass(frozen=True)
class ShareWish:
    """Exactly what was on the person's screen when they pressed the button."""

    text: str
    visibility: Visibility = Visibility.PUBLIC
    # One of the item's files, or NO_PICTURE; None is all pictures, or the first file.
    media_id: int | None = None
    wall_time: str = ""  # "2026-11-20T08:30" on the person's clock; empty is now
    time_zone: str = "UTC"  # IANA name, of `wall_time` and of the day
    network: str = "linkedin"
    item_epoch: int | None = None  # `item.epoch` when the page was made
    # How many posts about it, which go out on that day, the page named: one more is meant.
    beside: int = 0
    confirmed: str = ""  # what `confirmation.seal` gave the confirmation page, if any


@dataclass(frozen=True)
class Terms:
    """What sharing needs of the settings and of the network."""

    hold_seconds: int
    base_url: str
    length: Callable[[str], int]  # as the network counts
    longest_text: int  # by `length`
    link_in_text: bool  # the network makes a link's card itself, of the text
    most_pictures: int  # in one post
    mentions: Sequence[Mention] = ()  # whom a text may name there
    spread_minutes: int = 0  # a planned post leaves within these after its time


def terms(
    settings: Settings, network: Network, mentions: Sequence[Mention] = ()
) -> Terms:
    """The terms for one network."""
    return Terms(
        hold_seconds=settings.hold_seconds,
        base_url=settings.base_url,
        length=partial(network.length, mentions=mentions),
        longest_text=network.longest_text,
        link_in_text=network.link_in_text,
        most_pictures=network.most_pictures,
        mentions=mentions,
        spread_minutes=settings.spread_minutes,
    )
