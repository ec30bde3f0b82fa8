"""Puts the sample items into the library, each with the clock on its own day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advocacy.demo.sample_items import ORGANISATIONS, TOPICS, SampleItem
from content.drafts import ItemDraft, MediaDraft, WordingDraft
from content.items import Item, ItemKind
from content.mentioning import keep_mention
from content.operations import draft_item, publish_item, put_topic
from content.wordings import Angle
from integrations.clock import clock_at


def put_topics(session: Session) -> None:
    """The subjects of the library, in both languages."""
    for position, (slug, name_en, name_nl) in enumerate(TOPICS):
        put_topic(session, slug, name_en, name_nl, position)


def put_organisations(session: Session) -> None:
    """Whom people may mention."""
    for name, number in ORGANISATIONS:
        keep_mention(session, name, number)


def put_item(  # noqa: PLR0913 (an item, its media, its place in time)
    session: Session,
    sample: SampleItem,
    media: Sequence[MediaDraft],
    *,
    today: datetime,
    website: str,
    allowed: tuple[str, ...],
) -> Item:
    """Draft one the day before, and publish it unless it stays a draft."""
    offered_at = today - timedelta(days=sample.offered_days_ago)
    drafted_at = min(offered_at - timedelta(days=1), today)
    address = f"{website}/{sample.slug}" if sample.page else ""
    draft = _draft_of(sample, media, address, offered_at)
    with clock_at(drafted_at):
        item = draft_item(session, draft, allowed=allowed)
        if not sample.draft:
            publish_item(session, item, drafted_at)
    return item


def _draft_of(
    sample: SampleItem,
    media: Sequence[MediaDraft],
    address: str,
    offered_at: datetime,
) -> ItemDraft:
    """As communications would have typed it."""
    return ItemDraft(
        kind=ItemKind(sample.kind),
        title=sample.title,
        why=sample.why,
        goal=sample.goal,
        language=sample.language,
        link_address=address,
        link_title=sample.page.title if sample.page else "",
        link_description=sample.page.description if sample.page else "",
        disclosure_en=sample.disclosure_en,
        disclosure_nl=sample.disclosure_nl,
        offered_at=None if sample.draft else offered_at,
        expires_at=(
            None if sample.draft else offered_at + timedelta(days=sample.lasts_days)
        ),
        pinned=sample.pinned,
        topics=sample.topics,
        wordings=tuple(
            WordingDraft(Angle(one.angle), one.language, one.text)
            for one in sample.wordings
        ),
        media=tuple(media),
    )
