"""What a share becomes on the network: text with link, card, pictures, video or document."""

from collections.abc import Sequence
from pathlib import Path

from advocacy.shares.models import Share
from content.items import Item, ItemKind
from content.media import Media, MediaKind
from integrations.files import Files
from integrations.network import Card, Document, Picture, PostDraft, Video

# Longer texts are cut by the network itself on a card; this keeps the call small.
LONGEST_CARD_TITLE, LONGEST_CARD_DESCRIPTION = 200, 300


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
    """Whether the link stands on a card; other media leave no room for one."""
    return bool(item.link_address) and item.kind in {ItemKind.LINK, ItemKind.MESSAGE}


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


def draft_of(
    share: Share, item: Item, media: Sequence[Media], files: Files, base_url: str
) -> PostDraft:
    """The post, whole: nothing is added to it later."""
    code = share.link_code
    address = link_address(base_url, code) if code else None
    text = text_to_post(item, share.text, address)
    if shows_card(item) and address:
        picture = files.path(media[0].stored_name) if media else None
        title = item.posted_title[:LONGEST_CARD_TITLE]
        description = item.link_description[:LONGEST_CARD_DESCRIPTION]
        card = Card(address, title, description, picture)
        return PostDraft(text, share.visibility, card=card)
    if media and media[0].kind is MediaKind.VIDEO:
        video = _video(media[0], item, files)
        return PostDraft(text, share.visibility, video=video)
    if media and media[0].kind is MediaKind.DOCUMENT:
        document = Document(files.path(media[0].stored_name), item.posted_title)
        return PostDraft(text, share.visibility, document=document)
    pictures = [Picture(files.path(one.stored_name), one.alt) for one in media]
    return PostDraft(text, share.visibility, pictures=tuple(pictures))


def _video(media: Media, item: Item, files: Files) -> Video:
    """With its captions and the still that stands for it until it plays."""
    captions, poster = (
        files.path(name) if name else None
        for name in (media.captions_name, media.poster_name)
    )
    title = item.posted_title
    return Video(files.path(media.stored_name), title, captions, poster)


def files_of(draft: PostDraft) -> list[Path]:
    """Every file that has to be there before the network is asked for anything."""
    files = [picture.file for picture in draft.pictures]
    if draft.card and draft.card.picture:
        files.append(draft.card.picture)
    if draft.video:
        beside = (draft.video.captions, draft.video.poster)
        files += [draft.video.file, *filter(None, beside)]
    if draft.document:
        files.append(draft.document.file)
    return files
