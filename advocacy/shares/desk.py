"""Everything the writing desk shows, worked out from what was sent last. Stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from advocacy.hooks import Holdup
from advocacy.shares import disclosure
from advocacy.shares.carried_media import chosen_of, shown_media
from advocacy.shares.checking import LONGEST_CODE
from advocacy.shares.drafting import link_address, shows_card, with_link
from advocacy.shares.forms import WITHOUT_PICTURE, ComposerForm
from advocacy.shares.named import seal_of
from advocacy.shares.own_words import OwnWords, own_words
from advocacy.shares.page_parts import page_of, pictures_left_out
from advocacy.shares.preview import Folded, fold
from advocacy.shares.whose import NO_PROFILE, Profile
from advocacy.shares.wishes import ShareWish, Terms
from content.items import Item, ItemKind
from content.media import Media
from content.wordings import Angle, Wording

# The meter reads no further: so long a text cannot be posted, and takes seconds.
LONGEST_COMPARED = 20_000
# From here on the page says how many characters are left.
NEARLY_FULL = 200


@dataclass(frozen=True)
class Connection:
    """Whether posting through the account is possible now."""

    allowed: bool  # "post for me" is on
    connected: bool  # and an account that works is there
    holdup: Holdup | None = None  # but nothing leaves just now
    profile: Profile = NO_PROFILE  # on which it leaves


@dataclass(frozen=True)
class Desk:
    """One item, one text, and what can be said about the two."""

    item: Item
    form: ComposerForm
    errors: dict[str, str]
    connection: Connection
    organisation: str
    terms: Terms
    page_language: str
    may_ask_for_more: bool = False  # than the one post that goes out on that day

    @property
    def network(self) -> str:
        """Where it would be posted."""
        return ShareWish.network

    @property
    def limit(self) -> int:
        """The longest text, as the network counts."""
        return self.terms.longest_text

    @cached_property
    def count(self) -> int:
        """As the network counts, with the link where that goes along in the text."""
        return self.terms.length(self._whole)

    @property
    def for_signs(self) -> int:
        """How much of the count nobody sees: signs that the network writes in its way."""
        seen = self._whole.replace("\r\n", "\n").encode("utf-16-le", "surrogatepass")
        return self.count - len(seen) // 2

    @property
    def left(self) -> int:
        """What is left of the limit; below zero there is too much."""
        return self.limit - self.count

    @property
    def nearly_full(self) -> bool:
        return 0 <= self.left <= NEARLY_FULL

    @property
    def counted_link(self) -> str:
        """The link at its longest; empty where a card carries it."""
        return self._link(LONGEST_CODE)

    @property
    def shown_link(self) -> str:
        """The link as the preview shows it, before its code exists."""
        return self._link("…")

    @property
    def mentions(self) -> str:
        """What proves whom the preview could name."""
        return seal_of(self.terms.mentions)

    @property
    def card(self) -> bool:
        """Whether the link stands on a card below the text."""
        return shows_card(self.item)

    @cached_property
    def folded(self) -> Folded:
        return fold(with_link(self.form.text.strip(), self.shown_link))

    @cached_property
    def own(self) -> OwnWords | None:
        """None while the box is empty: there is nothing to say about nothing."""
        text = self.form.text[:LONGEST_COMPARED]
        return own_words(text, [word.text for word in self.item.wordings])

    @property
    def clear(self) -> bool:
        """Whether readers can see that the writer works here."""
        lines = tuple(self.lines.values())
        return disclosure.is_clear(self.form.text, self.organisation, lines)

    @property
    def lines(self) -> dict[str, str]:
        return disclosure.lines_of(self.item, self.organisation)

    @property
    def line(self) -> str:
        """The opening line in the language of the text."""
        language = disclosure.language_of(self.form.text, self.page_language)
        return self.lines[language]

    @property
    def wordings(self) -> Sequence[Wording]:
        """The suggestions in one language."""
        return [w for w in self.item.wordings if w.language == self.shown_language]

    @property
    def languages(self) -> list[str]:
        """The languages there are suggestions in."""
        return sorted({wording.language for wording in self.item.wordings})

    @property
    def shown_language(self) -> str:
        """The one asked for, else the page's, else whichever there is."""
        wished = (self.form.suggestions, self.page_language, *self.languages)
        return next((one for one in wished if one in self.languages), "")

    @property
    def pictures(self) -> list[Media]:
        """What may go along: all of them, one, or none."""
        return shown_media(self.item, self.item.media)

    @property
    def together(self) -> bool:
        """Whether several pictures go along unless one is chosen."""
        return self.item.kind is ItemKind.PICTURES and len(self.pictures) > 1

    @property
    def single(self) -> Media | None:
        """The one of several that was chosen."""
        wished = [m for m in self.pictures if m.public_id == self.form.picture]
        return wished[0] if wished else None

    @property
    def chosen(self) -> list[Media]:
        """What goes along now."""
        if self.card and self.form.picture == WITHOUT_PICTURE:
            return []
        return [self.single] if self.single else self.at_first

    @property
    def at_first(self) -> list[Media]:
        """What goes along where nothing is chosen."""
        return chosen_of(self.item, self.pictures, None, self.terms.most_pictures)

    @property
    def pictures_left_out(self) -> str:
        """A sentence, where not all fit into one post and none was chosen."""
        return "" if self.single else pictures_left_out(self.item, self.terms)

    @property
    def choice(self) -> bool:
        """Whether there is another picture to choose, or none."""
        return len(self.pictures) > (0 if self.card else 1)

    @property
    def changed_details(self) -> bool:
        """Whether the folded details hold something to look at."""
        touched = self.form.at or self.form.seen != ComposerForm.seen
        other = self.chosen != self.at_first
        return bool(touched or other or {"at", "pictures"} & {*self.errors})

    def angle(self, at: int) -> str:
        """The name of one of the item's suggestions."""
        return angle_name(self.item.wordings[at].angle)

    @property
    def for_script(self) -> dict[str, Any]:
        """What the browser needs to work out the same."""
        return {
            "limit": self.limit,
            "nearly": NEARLY_FULL,
            "mentions": [
                {
                    "name": one.name,
                    "address": page_of(one),
                    "units": self.terms.length(f"@{one.name}"),
                }
                for one in self.terms.mentions
            ],
            "countedLink": self.counted_link,
            "shownLink": self.shown_link,
            "suggestions": [
                {"name": angle_name(w.angle), "text": w.text}
                for w in self.item.wordings
            ],
            "disclosure": {
                "organisation": self.organisation,
                "lines": list(self.lines.values()),
                "phrases": disclosure.PHRASES,
                "endings": disclosure.TAG_ENDINGS,
            },
        }

    @property
    def _whole(self) -> str:
        text = self.form.text.strip()
        return with_link(text, self.counted_link) if text else text

    def _link(self, code: str) -> str:
        if not self.item.link_address or self.card:
            return ""
        return link_address(self.terms.base_url, code)


def angle_name(angle: Angle) -> str:
    """From which side a suggestion tells the item."""
    return {
        Angle.EXPERT: _("As an expert"),
        Angle.TEAM: _("As a team"),
        Angle.PERSONAL: _("In person"),
    }[angle]
