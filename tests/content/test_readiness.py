"""The rules an item has to meet, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from content.drafts import ItemDraft, MediaDraft, WordingDraft
from content.errors import PROBLEM_CODES
from content.items import ItemKind
from content.media import Media, MediaKind
from content.readiness import mistakes, problems
from content.wordings import Angle
from integrations.addresses import ADDRESS_CODES

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
PICTURE = Media(public_id="pic", kind=MediaKind.PICTURE)
SECOND = Media(public_id="pic2", kind=MediaKind.PICTURE)
SILENT = Media(public_id="film", kind=MediaKind.VIDEO, has_sound=False)
LOUD = Media(public_id="film", kind=MediaKind.VIDEO, has_sound=True)
CAPTIONED = Media(
    public_id="film", kind=MediaKind.VIDEO, has_sound=True, captions_name="x.vtt"
)
WHOLE = ItemDraft(
    kind=ItemKind.LINK,
    title="Mast 41 staat 🎉",
    why="Daarom.",
    language="nl",
    link_address="https://veenstroom.example/mast-41",
    offered_at=AT,
    expires_at=AT + timedelta(days=30),
    topics=("grid",),
    wordings=(
        WordingDraft(Angle.EXPERT, "nl", "Zes jaar file op het net."),
        WordingDraft(Angle.TEAM, "nl", "Wij deden dit 🐑"),
        WordingDraft(Angle.PERSONAL, "en", "My neighbour's daughter waited."),
    ),
)
MESSAGE = replace(WHOLE, kind=ItemKind.MESSAGE, link_address="")
SHOWN = replace(MESSAGE, kind=ItemKind.PICTURES, media=(MediaDraft("pic", "Een mast"),))
FILM = replace(MESSAGE, kind=ItemKind.VIDEO, media=(MediaDraft("film"),))


@pytest.mark.parametrize(
    ("draft", "media"),
    [
        (WHOLE, []),
        (replace(WHOLE, media=(MediaDraft("pic", "Een mast"),)), [PICTURE]),
        (MESSAGE, []),
        (SHOWN, [PICTURE]),
        (FILM, [SILENT]),
        (FILM, [CAPTIONED]),
        (replace(FILM, media=(MediaDraft("film", transcript="Ik zei"),)), [LOUD]),
        (replace(FILM, link_address="https://veenstroom.example/"), [SILENT]),
        (replace(MESSAGE, read_only=True, wordings=()), []),
        (replace(MESSAGE, offered_at=None, expires_at=None), []),
        (
            replace(
                MESSAGE, wordings=(*WHOLE.wordings, WordingDraft(Angle.TEAM, "en", " "))
            ),
            [],
        ),
    ],
)
def test_an_item_that_meets_the_rules_can_be_published(
    draft: ItemDraft, media: list[Media]
) -> None:
    assert problems(draft, media, at=AT) == {}


def wordings(*texts: str) -> tuple[WordingDraft, ...]:
    return tuple(WordingDraft(Angle.TEAM, "nl", text) for text in texts)


@pytest.mark.parametrize(
    ("draft", "media", "field", "code"),
    [
        (replace(WHOLE, title="  "), [], "title", "missing"),
        (replace(WHOLE, title="x" * 201), [], "title", "too_long"),
        (replace(WHOLE, why=""), [], "why", "missing"),
        (replace(WHOLE, why="x" * 601), [], "why", "too_long"),
        (replace(WHOLE, disclosure_nl="x" * 201), [], "disclosure_nl", "too_long"),
        (replace(WHOLE, link_title="x" * 201), [], "link_title", "too_long"),
        (replace(WHOLE, language="fr"), [], "language", "unknown"),
        (replace(WHOLE, topics=()), [], "topics", "missing"),
        (replace(WHOLE, link_address=" "), [], "link_address", "missing"),
        (
            replace(WHOLE, link_address="veenstroom.example"),
            [],
            "link_address",
            "no_scheme",
        ),
        (replace(WHOLE, link_address="javascript:x"), [], "link_address", "not_http"),
        (
            replace(WHOLE, link_address="http://10.0.0.1/"),
            [],
            "link_address",
            "private",
        ),
        (
            replace(MESSAGE, link_address="ftp://x.example"),
            [],
            "link_address",
            "not_http",
        ),
        (replace(WHOLE, expires_at=AT), [], "expires_at", "before_offer"),
        (
            replace(WHOLE, offered_at=None, expires_at=AT),
            [],
            "expires_at",
            "in_the_past",
        ),
        (
            replace(WHOLE, wordings=wordings("a", "b")),
            [],
            "wordings",
            "too_few_wordings",
        ),
        (
            replace(WHOLE, wordings=wordings("a", "b", " ")),
            [],
            "wordings",
            "too_few_wordings",
        ),
        (
            replace(WHOLE, wordings=wordings("a", "b", " b ")),
            [],
            "wordings.2.text",
            "twice",
        ),
        (
            replace(WHOLE, wordings=wordings("a", "b", "🐑" * 1501)),
            [],
            "wordings.2.text",
            "too_long",
        ),
        (
            replace(WHOLE, wordings=(WordingDraft(Angle.TEAM, "fr", "Oui"),)),
            [],
            "wordings.0.language",
            "unknown",
        ),
        (
            replace(WHOLE, media=(MediaDraft("pic", " "),)),
            [PICTURE],
            "media.pic.alt",
            "missing_alt",
        ),
        (WHOLE, [PICTURE], "media.pic.alt", "missing_alt"),
        (
            replace(WHOLE, media=(MediaDraft("pic", "x" * 1001),)),
            [PICTURE],
            "media.pic.alt",
            "too_long",
        ),
        (WHOLE, [PICTURE, SECOND], "media", "too_many_pictures"),
        (WHOLE, [SILENT], "media", "wrong_media"),
        (MESSAGE, [PICTURE], "media", "wrong_media"),
        (SHOWN, [], "media", "no_pictures"),
        (SHOWN, [SILENT], "media", "wrong_media"),
        (SHOWN, [PICTURE] * 21, "media", "too_many_pictures"),
        (FILM, [], "media", "no_video"),
        (FILM, [PICTURE], "media", "wrong_media"),
        (FILM, [SILENT, CAPTIONED], "media", "too_many_videos"),
        (FILM, [LOUD], "media.film.captions", "missing_captions"),
    ],
)
def test_each_broken_rule_is_named_at_its_field(
    draft: ItemDraft, media: list[Media], field: str, code: str
) -> None:
    found = problems(draft, media, at=AT)

    assert found[field] == code
    assert code in PROBLEM_CODES | ADDRESS_CODES


def test_a_video_in_which_nobody_speaks_needs_no_captions() -> None:
    silent = replace(FILM, media=(MediaDraft("film", nobody_speaks=True),))

    assert problems(silent, [LOUD], at=AT) == {}


def test_two_wordings_of_exactly_the_limit_are_taken() -> None:
    texts = ("x" * 3000, "🐑" * 1500, "é" * 3000)

    assert problems(replace(WHOLE, wordings=wordings(*texts)), at=AT) == {}


def test_a_draft_needs_a_title_and_no_more() -> None:
    assert mistakes(ItemDraft(ItemKind.LINK, "Later")) == {}
    assert mistakes(ItemDraft(ItemKind.VIDEO, "")) == {"title": "missing"}


def test_a_draft_with_a_broken_part_is_not_kept_either() -> None:
    broken = replace(
        WHOLE,
        link_address="https://user:secret@x.example/",
        expires_at=AT - timedelta(days=1),
        wordings=wordings("x" * 3001),
    )

    assert mistakes(broken) == {
        "link_address": "credentials",
        "expires_at": "before_offer",
        "wordings.0.text": "too_long",
    }


def test_an_allowed_host_may_be_private() -> None:
    here = replace(WHOLE, link_address="http://127.0.0.1:8001/page")

    assert mistakes(here) == {"link_address": "private"}
    assert mistakes(here, ("127.0.0.1:8001",)) == {}
