"""What a share becomes on the network: text with link, card, picture or video."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.shares.models import Share
from advocacy.shares.wishes import NO_PICTURE
from content.items import Item, ItemKind
from content.media import Media, MediaKind
from integrations.files import Files
from integrations.network import Card, Picture, PostDraft, Video

# Longer texts are cut by the network itself on a card; this keeps the call small.
LONGEST_CARD_TITLE, LONGEST_CARD_DESCRIPTION = 200, 300
SHOWS_MEDIA = {
    ItemKind.PICTURES: MediaKind.PICTURE,
    ItemKind.VIDEO: MediaKind.VIDEO,
    ItemKind.LINK: MediaKind.PICTURE,  # on the card
}


def tidy(text: str) -> str:
    """The text as it is stored and confirmed: one kind of line end, no broken signs.

    Browsers send CR LF; PostgreSQL takes no NUL; half an emoji cannot be sent at all.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def link_address(base_url: str, code: str) -> str:
    """A tracked link as people see it."""
    return f"{base_url}/l/{code}"


def shows_card(item: Item) -> bool:
    """Whether the link stands on a card; a picture or video leaves no room for one."""
    return bool(item.link_address) and item.kind not in {
        ItemKind.PICTURES,
        ItemKind.VIDEO,
    }


def with_link(text: str, address: str | None) -> str:
    """The text with the link as its last line, unless it is in there already."""
    if not address or address in text:
        return text
    return f"{text}\n\n{address}" if text else address


def text_to_post(item: Item, text: str, address: str | None) -> str:
    """The text as it leaves through an account: a card carries the link by itself."""
    return text if shows_card(item) else with_link(text, address)


def text_to_paste(share: Share, base_url: str) -> str:
    """The text a person takes along; pasted text always carries its link."""
    code = share.link_code
    return with_link(share.text, link_address(base_url, code) if code else None)


def media_for(session: Session, item: Item, media_id: int | None) -> Media | None:
    """The item's picture or video that was chosen, or its first; None without one.

    Raises LookupError when the chosen one is not this item's.
    """
    if media_id == NO_PICTURE and shows_card(item):
        return None
    kind = SHOWS_MEDIA.get(item.kind)
    fitting = select(Media).where(Media.item_id == item.id, Media.kind == kind)
    if kind is None or media_id is None:
        first = fitting.order_by(Media.position, Media.id).limit(1)
        return session.scalar(first) if kind else None
    chosen = session.scalar(fitting.where(Media.id == media_id))
    if chosen is None:
        raise LookupError(media_id)
    return chosen


def draft_of(
    share: Share, item: Item, media: Media | None, files: Files, base_url: str
) -> PostDraft:
    """The post, whole: nothing is added to it later."""
    code = share.link_code
    address = link_address(base_url, code) if code else None
    text = text_to_post(item, share.text, address)
    if shows_card(item) and address:
        picture = files.path(media.stored_name) if media else None
        title = item.posted_title[:LONGEST_CARD_TITLE]
        description = item.link_description[:LONGEST_CARD_DESCRIPTION]
        card = Card(address, title, description, picture)
        return PostDraft(text, share.visibility, card=card)
    if media is None:
        return PostDraft(text, share.visibility)
    if media.kind is MediaKind.VIDEO:
        captions = files.path(media.captions_name) if media.captions_name else None
        video = Video(files.path(media.stored_name), item.posted_title, captions)
        return PostDraft(text, share.visibility, video=video)
    pictures = (Picture(files.path(media.stored_name), media.alt),)
    return PostDraft(text, share.visibility, pictures=pictures)


def files_of(draft: PostDraft) -> list[Path]:
    """Every file that has to be there before the network is asked for anything."""
    files = [picture.file for picture in draft.pictures]
    if draft.card and draft.card.picture:
        files.append(draft.card.picture)
    if draft.video:
        files += [draft.video.file, *filter(None, [draft.video.captions])]
    return files
