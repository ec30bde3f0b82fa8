"""The body of a create call, frozen: the same post is the same bytes, with no token."""

import json
import time
from typing import Any

from integrations.errors import Refused
from integrations.linkedin.calls import Calls
from integrations.linkedin.documents import upload_document
from integrations.linkedin.images import upload_image
from integrations.linkedin.little_text import to_little_text
from integrations.linkedin.pending_videos import PendingVideos
from integrations.linkedin.urns import author_of
from integrations.linkedin.videos import upload_video
from integrations.network import Card, Picture, PostDraft, Visibility

_VISIBILITY = {Visibility.PUBLIC: "PUBLIC", Visibility.CONNECTIONS: "CONNECTIONS"}


def frozen_body(calls: Calls, draft: PostDraft, pending: PendingVideos) -> bytes:
    """Upload what the draft shows and write the request down."""
    body: dict[str, Any] = {
        "author": author_of(calls.access.member_id),
        "commentary": to_little_text(draft.text, draft.mentions),
        "visibility": _VISIBILITY[draft.visibility],
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if content := _content(calls, draft, pending):
        body["content"] = content
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:  # half of an emoji, cut by somebody
        raise Refused("the text holds a broken character", code="character") from error


def _content(calls: Calls, draft: PostDraft, pending: PendingVideos) -> dict[str, Any]:
    """What the post shows. Uploads are all begun first, and waited for once."""
    if draft.video:
        urn = upload_video(calls, draft.video, pending)  # knows itself when it is ready
        return {"media": _without_blanks({"id": urn, "title": draft.video.title})}
    content = _uploaded(calls, draft)
    if draft.pictures or draft.document or (draft.card and draft.card.picture):
        time.sleep(calls.settings.patience.blind)
    return content


def _uploaded(calls: Calls, draft: PostDraft) -> dict[str, Any]:
    if draft.card:
        return {"article": _article(calls, draft.card)}
    if draft.document:
        urn = upload_document(calls, draft.document)
        return {"media": {"id": urn, "title": draft.document.title}}
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
    return _without_blanks(article)


def _picture(calls: Calls, picture: Picture) -> dict[str, Any]:
    urn = upload_image(calls, picture.file)
    return _without_blanks({"id": urn, "altText": picture.alt})


def _without_blanks(fields: dict[str, Any]) -> dict[str, Any]:
    """What may be left out is, when there is nothing in it: a blank field is an error."""
    return {name: value for name, value in fields.items() if value.strip()}
