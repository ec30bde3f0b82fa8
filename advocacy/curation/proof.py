"""The side column: the item as colleagues will see it, made from what is typed, stored nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask_babel import gettext as _

from advocacy.curation.drafting import draft_from
from advocacy.curation.house import house
from advocacy.curation.item_form import ItemForm
from advocacy.shares.carried_media import chosen_of
from advocacy.shares.desk import angle_name
from advocacy.shares.disclosure import lines_of, with_line
from advocacy.shares.drafting import shows_card
from advocacy.shares.preview import Folded, fold
from content.cards import ItemCard, ItemPicture, ItemTopic
from content.drafts import ItemDraft, WordingDraft
from content.items import Item
from content.media import Media
from content.topics import Topic

# No item has this number: the card is to look at, and leads nowhere.
NO_ITEM = 0


@dataclass(frozen=True)
class Proof:
    """One look at the form."""

    draft: ItemDraft
    shown: Sequence[Media]  # below a post
    topics: Sequence[Topic]
    organisation: str
    at: datetime

    @property
    def card(self) -> ItemCard:
        """As it stands on the shelf."""
        said = [wording for wording in self.draft.wordings if wording.text]
        return ItemCard(
            id=NO_ITEM,
            kind=self.draft.kind,
            title=self.draft.title or _("The title appears here"),
            why=self.draft.why,
            language=self.draft.language,
            offered_at=self.draft.offered_at or self.at,
            expires_at=self.draft.expires_at,
            pinned=self.draft.pinned,
            read_only=self.draft.read_only,
            topics=tuple(
                ItemTopic(topic.slug, topic.name_en, topic.name_nl)
                for topic in self.topics
            ),
            picture=_on_card(self.shown[0]) if self.shown else None,
            wordings=len(said),
            languages=tuple({wording.language for wording in said}),
        )

    @cached_property
    def item(self) -> Item:
        """For the parts of a post that the library's pages draw."""
        draft = self.draft
        return Item(
            kind=draft.kind,
            title=draft.title,
            language=draft.language,
            link_address=draft.link_address or None,
            link_title=draft.link_title,
            disclosure_en=draft.disclosure_en,
            disclosure_nl=draft.disclosure_nl,
        )

    @property
    def wording(self) -> WordingDraft | None:
        """The first that says something."""
        return next((one for one in self.draft.wordings if one.text), None)

    @property
    def angle(self) -> str:
        return angle_name(self.wording.angle) if self.wording else ""

    @property
    def folded(self) -> Folded:
        """The wording as a post that opens with the line on where one works."""
        if self.wording is None:
            return Folded("", "")
        lines = lines_of(self.item, self.organisation)
        line = lines.get(self.wording.language, lines["en"])
        return fold(with_line(self.wording.text, line))

    @property
    def shows_card(self) -> bool:
        """Whether the link stands on a card below the text."""
        return shows_card(self.item)


def proof_of(
    form: ItemForm,
    files: Mapping[str, Media],
    known_topics: Sequence[Topic],
    at: datetime,
) -> Proof:
    """Work it out; what is no value yet is as if it were empty."""
    here = house()
    draft, _errors = draft_from(form, files, here.zone)
    media = [files[file.public_id] for file in draft.media]
    item = Item(kind=draft.kind)
    return Proof(
        draft=draft,
        shown=chosen_of(item, media, None),
        topics=[topic for topic in known_topics if topic.slug in form.topics],
        organisation=here.organisation,
        at=at,
    )


def _on_card(media: Media) -> ItemPicture:
    return ItemPicture(
        kind=media.kind,
        public_id=media.public_id,
        alt=media.alt,
        width=media.width,
        height=media.height,
        version=media.version_of("full" if media.kind == "picture" else "poster"),
        copy_640=media.version_of("640"),
        copy_1280=media.version_of("1280"),
        seconds=media.seconds,
        captions_name=media.captions_name is not None,
        pages=media.pages,
    )
