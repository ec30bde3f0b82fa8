"""A confirmation is worth exactly what was on the screen, for seven days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.shares.confirmation import broken, confirmation_of, seal
from advocacy.shares.reasons import Problem
from advocacy.shares.wishes import ShareWish
from content.items import Item, ItemKind
from content.media import Media, MediaKind
from integrations.network import Visibility

MEMBER = "a" * 64
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
WISH = ShareWish("Tower 41 stands.", wall_time="2026-11-27T08:30")
LINK = {"id": 7, "kind": ItemKind.LINK, "title": "Tower 41", "link_title": ""}
LINK |= {"link_address": "https://veenstroom.example/41", "link_description": "Ready."}
VIDEO = {"id": 7, "kind": ItemKind.VIDEO, "title": "Tower 41"}
ITEM = Item(**LINK)
PICTURE = Media(kind=MediaKind.PICTURE, sha256="a" * 64, alt="A tower")
SECOND = Media(kind=MediaKind.PICTURE, sha256="b" * 64, alt="A cable")


def hashed(wish=WISH, item=ITEM, media=(PICTURE,), person_id=3):
    return confirmation_of(person_id, item, media, wish)


@pytest.mark.parametrize(
    "other",
    [
        {"wish": replace(WISH, text="Tower 41 stands!")},
        {"wish": replace(WISH, visibility=Visibility.CONNECTIONS)},
        {"wish": replace(WISH, network="elsewhere")},
        {"wish": replace(WISH, wall_time="2026-11-27T08:31")},
        {"wish": replace(WISH, wall_time="")},
        {"wish": replace(WISH, time_zone="Europe/Lisbon")},
        {"item": Item(**LINK | {"id": 8})},
        {"item": Item(**LINK | {"link_address": "https://x.example"})},
        {"item": Item(**LINK | {"title": "Another"})},
        {"item": Item(**LINK | {"link_title": "Another"})},
        {"item": Item(**LINK | {"link_description": "Another"})},
        {"media": ()},
        {"media": (Media(kind=MediaKind.PICTURE, sha256="b" * 64, alt="A tower"),)},
        {"media": (Media(kind=MediaKind.PICTURE, sha256="a" * 64, alt="A pole"),)},
        {"media": (PICTURE, SECOND)},
        {"person_id": 4},
    ],
)
def test_any_change_makes_it_another_confirmation(other):
    assert hashed(**other) != hashed()


def test_the_title_of_a_video_is_confirmed_with_it():
    other = Item(**VIDEO | {"title": "Another"})
    assert hashed(item=other) != hashed(item=Item(**VIDEO))


def test_what_no_post_shows_of_an_item_does_not_matter():
    other = Item(**VIDEO | {"link_title": "Another", "link_description": "Another"})
    assert hashed(item=other) == hashed(item=Item(**VIDEO))
    titled = Item(**LINK | {"link_title": "Card"})
    assert hashed(item=titled) == hashed(
        item=Item(**LINK | {"title": "Another", "link_title": "Card"})
    )


def test_the_order_of_several_pictures_is_confirmed_with_them():
    assert hashed(media=(PICTURE, SECOND)) != hashed(media=(SECOND, PICTURE))


def test_the_same_again_is_the_same_confirmation():
    assert hashed(replace(WISH)) == hashed()


def test_the_zone_does_not_matter_for_a_post_that_leaves_now():
    now, elsewhere = replace(WISH, wall_time=""), {"time_zone": "Asia/Tokyo"}
    assert hashed(replace(now, **elsewhere)) == hashed(now)


def test_a_seal_counts_for_seven_days_and_for_nothing_else():
    sealed = seal(hashed(), MEMBER, AT)

    assert broken(sealed, hashed(), MEMBER, AT) is None
    assert broken(sealed, hashed(), MEMBER, AT + timedelta(days=7)) is None
    later = AT + timedelta(days=7, seconds=1)
    assert broken(sealed, hashed(), MEMBER, later) is Problem.CONFIRMATION_OLD
    other = hashed(replace(WISH, text="Other words"))
    assert broken(sealed, other, MEMBER, AT) is Problem.CONFIRMATION_VOID
    assert broken(sealed, hashed(), "b" * 64, AT) is Problem.CONFIRMATION_VOID


@pytest.mark.parametrize("ending", ["", ".", ".x", ".99999999999999999999", ".-5"])
def test_a_seal_that_was_tampered_with_is_void(ending):
    whole = seal(hashed(), MEMBER, AT).partition(".")[0]
    assert broken(whole + ending, hashed(), MEMBER, AT) is Problem.CONFIRMATION_VOID


def test_a_seal_from_the_future_is_no_good():
    sealed = seal(hashed(), MEMBER, AT + timedelta(hours=1))
    assert broken(sealed, hashed(), MEMBER, AT) is Problem.CONFIRMATION_OLD
