"""What the composer sends, kept whole through every refusal and every helper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from advocacy.shares.models import Share
from advocacy.shares.schedule import WALL
from advocacy.shares.typed_text import typed_text
from advocacy.shares.wishes import NO_PICTURE, ShareWish
from content.items import Item, ItemKind
from integrations.network import Visibility

NO_SUCH_MEDIA = -1
# No item's epoch: what was sent without a readable one is looked at once more.
UNREADABLE = -1
WITHOUT_PICTURE = "none"
ALL_PICTURES = "all"


@dataclass(frozen=True)
class ComposerForm:
    """Everything a person may have typed or chosen on an item's page."""

    text: str = ""
    before: str = ""  # the text that a suggestion replaced, one step back
    picture: str = ""  # its public id, "all" or "none"; empty is all, or the first
    at: str = ""  # day and time on the person's clock; empty is now
    seen: str = Visibility.PUBLIC.value
    epoch: int = UNREADABLE  # the item's, when the page was made
    suggestions: str = ""  # the language in which suggestions are shown
    confirmed: str = ""  # the seal of the confirmation page
    # How many posts about the story on that day the confirmation page named.
    beside: int = 0
    live: bool = False  # the browser kept the preview equal to the text
    mentions: str = ""  # whom it could name (`named.seal_of`)
    profile: str = ""  # on whose it would leave, as the page was made (`member_hash`)

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "ComposerForm":
        """What was sent; nothing of it is trusted yet."""
        return cls(
            text=typed_text(form.get("text", "")),
            before=typed_text(form.get("before", "")),
            picture=form.get("picture", "")[:64],
            at=form.get("at", "").strip()[:32],
            seen=form.get("seen", "")[:16] or Visibility.PUBLIC.value,
            epoch=_number(form.get("epoch", "")),
            suggestions=form.get("suggestions", "")[:2],
            confirmed=form.get("confirmed", "")[:128],
            beside=max(0, _number(form.get("beside", ""))),
            mentions=form.get("mentions", "")[:64],
            profile=form.get("profile", "")[:64],
            live=form.get("live") == "yes",
        )

    @classmethod
    def of(cls, share: Share, time_zone: str) -> "ComposerForm":
        """What a person confirmed before, to be looked at and confirmed anew: the time as their
        clock, which may be another now, shows it.
        """
        chosen = [one.public_id for one in share.item.media if one.id == share.media_id]
        several = share.item.kind is ItemKind.PICTURES
        without = ALL_PICTURES if several else WITHOUT_PICTURE
        return cls(
            text=share.text,
            picture=chosen[0] if chosen else without,
            at=_wall_time(share, time_zone),
            seen=share.visibility.value,
        )

    def starting_from(self, text: str) -> "ComposerForm":
        """Put another text into the box; the old one, if any, is one step back."""
        return replace(self, text=text, before=self.text or self.before)

    def taken_back(self) -> "ComposerForm":
        """The old text again; pressed twice it is as it was."""
        return replace(self, text=self.before, before=self.text)

    def wish(self, item: Item, time_zone: str) -> ShareWish:
        """As the operations want it."""
        return ShareWish(
            text=self.text,
            visibility=self.visibility,
            media_id=self._media_id(item),
            wall_time=self.at,
            time_zone=time_zone,
            item_epoch=self.epoch,
            beside=self.beside,
            confirmed=self.confirmed,
        )

    @property
    def visibility(self) -> Visibility:
        """Who may see it; what is not on the list falls to the narrower choice."""
        try:
            return Visibility(self.seen)
        except ValueError:
            return Visibility.CONNECTIONS

    def _media_id(self, item: Item) -> int | None:
        if self.picture in {"", ALL_PICTURES}:
            return None
        if self.picture == WITHOUT_PICTURE:
            return NO_PICTURE
        ids = {media.public_id: media.id for media in item.media}
        return ids.get(self.picture, NO_SUCH_MEDIA)


def _number(sent: str) -> int:
    readable = sent.isascii() and sent.isdecimal() and len(sent) < 10
    return int(sent) if readable else UNREADABLE


def _wall_time(share: Share, time_zone: str) -> str:
    if not share.wall_time or share.time_zone == time_zone:
        return share.wall_time
    return share.due_at.astimezone(ZoneInfo(time_zone)).strftime(WALL)
