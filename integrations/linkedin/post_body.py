"""The body of a create call, frozen: the same post is the same bytes, with no token."""

import json
from typing import Any

from integrations.errors import Refused
from integrations.linkedin.calls import Calls
from integrations.linkedin.images import author_of, upload_image
from integrations.linkedin.little_text import LIMIT, to_little_text, wire_length
from integrations.linkedin.videos import upload_video
from integrations.network import Card, Picture, PostDraft, Visibility

# LinkedIn's own limits for the fields beside the text; longer alt text is refused.
LONGEST_ALT = 4086
MOST_PICTURES = 20

_VISIBILITY = {Visibility.PUBLIC: "PUBLIC", Visibility.CONNECTIONS: "CONNECTIONS"}


def check(draft: PostDraft) -> None:
    """Refuse what LinkedIn would refuse, before anything is uploaded."""
    if wire_length(draft.text) > LIMIT:
        raise Refused("the text is too long", code="too_long")
    media = [draft.card is not None, bool(draft.pictures), draft.video is not None]
    if sum(media) > 1 or len(draft.pictures) > MOST_PICTURES:
        raise Refused("a post shows one kind of media", code="media")
    if not draft.text.strip() and not any(media):
        raise Refused("the post is empty", code="empty")
    if any(len(picture.alt) > LONGEST_ALT for picture in draft.pictures):
        raise Refused("a picture's description is too long", code="alt")


def frozen_body(calls: Calls, draft: PostDraft) -> bytes:
    """Upload what the draft shows and write the request down."""
    body: dict[str, Any] = {
        "author": author_of(calls.access.member_id),
        "commentary": to_little_text(draft.text),
        "visibility": _VISIBILITY[draft.visibility],
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if content := _content(calls, draft):
        body["content"] = content
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:  # half of an emoji, cut by somebody
        raise Refused("the text holds a broken character", code="character") from error


def _content(calls: Calls, draft: PostDraft) -> dict[str, Any]:
    if draft.card:
        return {"article": _article(calls, draft.card)}
    if draft.video:
        urn = upload_video(calls, draft.video)
        return {"media": {"id": urn, "title": draft.video.title}}
    pictures = [_picture(calls, picture) for picture in draft.pictures]
    if len(pictures) > 1:
        return {"multiImage": {"images": pictures}}
    return {"media": pictures[0]} if pictures else {}


def _article(calls: Calls, card: Card) -> dict[str, Any]:
    """Plain words here: only the post's own text is little text."""
    article = {
        "source": card.address,
        "title": card.title,
        "description": card.description,
    }
    if card.picture:
        article["thumbnail"] = upload_image(calls, card.picture)
    return article


def _picture(calls: Calls, picture: Picture) -> dict[str, Any]:
    return {"id": upload_image(calls, picture.file), "altText": picture.alt}
