"""What stands in the way of keeping or publishing an item, as codes by field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from content.drafts import ItemDraft, MediaDraft
from content.items import ItemKind
from content.media import Media, MediaKind
from integrations.addresses import AddressRefused, written_address

LANGUAGES = ("en", "nl")
FEWEST_WORDINGS = 3
MOST_PICTURES = 20  # what LinkedIn shows in one post
LONGEST_WORDING = 3000  # as LinkedIn counts: in UTF-16
LONGEST = {
    "title": 200,
    "why": 600,
    "goal": 200,
    "link_title": 200,
    "link_description": 400,
    "disclosure_en": 200,
    "disclosure_nl": 200,
    "alt": 1000,
    "transcript": 50_000,
}

Problem = tuple[str, str]


@dataclass(frozen=True)
class Carried:
    """How many files of one kind an item of one kind has, and what is said if not."""

    fewest: int = 0
    most: int = 0
    none: str = ""
    too_many: str = "wrong_media"


# What is not named here an item of that kind does not carry.
CARRIED: dict[ItemKind, dict[MediaKind, Carried]] = {
    ItemKind.MESSAGE: {},
    ItemKind.LINK: {
        MediaKind.PICTURE: Carried(0, 1, too_many="too_many_pictures"),
    },
    ItemKind.PICTURES: {
        MediaKind.PICTURE: Carried(
            1, MOST_PICTURES, "no_pictures", "too_many_pictures"
        ),
    },
    ItemKind.VIDEO: {
        MediaKind.VIDEO: Carried(1, 1, "no_video", "too_many_videos"),
    },
    ItemKind.DOCUMENT: {
        MediaKind.DOCUMENT: Carried(1, 1, "no_document", "too_many_documents"),
    },
}


def mistakes(draft: ItemDraft, allowed: tuple[str, ...] = ()) -> dict[str, str]:
    """What even a draft cannot be kept with; codes by field.

    Fields are those of ItemDraft, "wordings.<n>.text" (from 0) and
    "media.<public id>.alt" or ".captions". Codes are of `errors.PROBLEM_CODES`; for
    "link_address" also of `addresses.ADDRESS_CODES`.
    """
    found = [
        *_text_mistakes(draft),
        *_wording_mistakes(draft),
        *_link_mistakes(draft, allowed),
        *_time_mistakes(draft),
    ]
    return _first_of_each(found)


def problems(
    draft: ItemDraft,
    media: Sequence[Media] = (),
    *,
    at: datetime | None = None,
    allowed: tuple[str, ...] = (),
) -> dict[str, str]:
    """All that stands in the way of publishing; `media` are the rows the draft names."""
    found = [
        *mistakes(draft, allowed).items(),
        *_missing(draft),
        *_kind_problems(draft, media),
        *_media_problems(draft, media),
    ]
    if at is not None and draft.expires_at is not None and draft.expires_at <= at:
        found.append(("expires_at", "in_the_past"))
    return _first_of_each(found)


def _first_of_each(found: Sequence[Problem]) -> dict[str, str]:
    return dict(reversed(found)) if found else {}


def _text_mistakes(draft: ItemDraft) -> Iterator[Problem]:
    if not draft.title.strip():
        yield "title", "missing"
    if draft.language not in LANGUAGES:
        yield "language", "unknown"
    for field in LONGEST.keys() - {"alt", "transcript"}:
        if len(getattr(draft, field)) > LONGEST[field]:
            yield field, "too_long"
    for file in draft.media:
        for field in ("alt", "transcript"):
            if len(getattr(file, field)) > LONGEST[field]:
                yield f"media.{file.public_id}.{field}", "too_long"


def _wording_mistakes(draft: ItemDraft) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for number, wording in enumerate(draft.wordings):
        text = " ".join(wording.text.split())
        seen[text] += 1
        if len(wording.text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_WORDING:
            yield f"wordings.{number}.text", "too_long"
        elif text and seen[text] > 1:
            yield f"wordings.{number}.text", "twice"
        if wording.language not in LANGUAGES:
            yield f"wordings.{number}.language", "unknown"


def _link_mistakes(draft: ItemDraft, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if draft.link_address.strip():
        try:
            written_address(draft.link_address, allowed)
        except AddressRefused as refused:
            yield "link_address", refused.code


def _time_mistakes(draft: ItemDraft) -> Iterator[Problem]:
    if (
        draft.offered_at is not None
        and draft.expires_at is not None
        and draft.expires_at <= draft.offered_at
    ):
        yield "expires_at", "before_offer"


def _missing(draft: ItemDraft) -> Iterator[Problem]:
    if not draft.why.strip():
        yield "why", "missing"
    if not draft.topics:
        yield "topics", "missing"
    said = sum(1 for wording in draft.wordings if wording.text.strip())
    if said < FEWEST_WORDINGS and not draft.read_only:
        yield "wordings", "too_few_wordings"


def _kind_problems(draft: ItemDraft, media: Sequence[Media]) -> Iterator[Problem]:
    if draft.kind is ItemKind.LINK and not draft.link_address.strip():
        yield "link_address", "missing"
    count = Counter(file.kind for file in media)
    carried = CARRIED[draft.kind]
    rules = [(kind, carried.get(kind, Carried())) for kind in MediaKind]
    # What is wrong with what is there comes before what is not there.
    yield from (
        ("media", rule.too_many) for kind, rule in rules if count[kind] > rule.most
    )
    yield from (
        ("media", rule.none) for kind, rule in rules if count[kind] < rule.fewest
    )


def _media_problems(draft: ItemDraft, media: Sequence[Media]) -> Iterator[Problem]:
    drafts = {file.public_id: file for file in draft.media}
    for file in media:
        said = drafts.get(file.public_id, MediaDraft(file.public_id))
        if file.kind is MediaKind.PICTURE and not said.alt.strip():
            yield f"media.{file.public_id}.alt", "missing_alt"
        speaks = file.has_sound and not said.nobody_speaks
        written = file.captions_name or said.transcript.strip()
        if file.kind is MediaKind.VIDEO and speaks and not written:
            yield f"media.{file.public_id}.captions", "missing_captions"
