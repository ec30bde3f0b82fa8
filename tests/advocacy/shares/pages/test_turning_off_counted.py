"""Turning off says how many posts it stops: before the press, and after it."""

import pytest

from advocacy.shares.models import UNSENT, ShareState
from content.items import Item
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item

S = ShareState
ADDRESSES = ("/consent/p1", "/consent/everything-off")


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_post_that_has_not_left_is_counted_before_and_after(
    session, reader, keep, address
):
    for state in UNSENT:
        keep(state, item_id=make_item(session).id)
    keep(S.PUBLISHED)

    before = words(reader.get("/consent"))
    reader.post(address, data={"answer": "off"})
    after = words(reader.get("/consent"))

    said = f"{len(UNSENT)} posts have not left yet. Turning this off cancels them."
    assert before.count(said) == 2
    assert f"{len(UNSENT)} posts that had not left are cancelled." in after
    assert "have not left yet" not in after


def test_one_post_is_one_post(reader, keep):
    keep(S.SCHEDULED)
    said = "1 post has not left yet. Turning this off cancels it."
    assert said in words(reader.get("/consent"))
    reader.post("/consent/p1", data={"answer": "off"})
    assert "1 post that had not left is cancelled." in words(reader.get("/consent"))


def test_nothing_is_said_of_posts_where_there_are_none(reader, item: Item):
    assert "not left" not in words(reader.get("/consent"))
    reader.post("/consent/p1", data={"answer": "off"})
    assert "No post was waiting to leave." in words(reader.get("/consent"))
