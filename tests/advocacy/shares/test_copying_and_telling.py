"""Words that are taken along, and what their owner says became of them."""

from datetime import timedelta

import pytest

from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.shares.drafting import text_to_paste
from advocacy.shares.models import ShareState, Way
from advocacy.shares.operations import copy_share, take_off_list, tell_posted
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.wishes import ShareWish
from content.items import ItemKind
from integrations.clock import now
from tests.advocacy.shares.making import (
    BASE_URL,
    make_item,
    make_person,
    queue_due,
    state_of,
)

POST = "https://www.linkedin.com/feed/update/urn:li:share:7141138937766391808/"


def test_a_copied_text_carries_its_link_and_needs_no_account(session, sandbox):
    person = make_person(session, consent=False)
    item = make_item(session, ItemKind.LINK)

    share = copy_share(session, person, item, ShareWish("My words."), now())

    assert share.state is ShareState.COPIED
    assert share.way is Way.COPY
    assert text_to_paste(share, BASE_URL) == (
        f"My words.\n\n{BASE_URL}/l/{share.link_code}"
    )


def test_copying_again_on_the_same_day_replaces_the_text(session, person):
    item = make_item(session, ItemKind.LINK)
    first = copy_share(session, person, item, ShareWish("One."), now())
    again = copy_share(session, person, item, ShareWish("Two."), now())

    assert again.id == first.id
    assert again.text == "Two."
    tell_posted(session, again, None, now())
    third = copy_share(session, person, item, ShareWish("Three."), now())
    assert third.id != first.id


def test_the_same_press_again_after_telling_finds_what_was_told(session, person, item):
    share = copy_share(session, person, item, ShareWish("One."), now())
    tell_posted(session, share, None, now())

    again = copy_share(session, person, item, ShareWish("One."), now())

    assert again.id == share.id
    assert again.state is ShareState.TOLD
    other_day = now() + timedelta(days=1)
    later = copy_share(session, person, item, ShareWish("One."), other_day)
    assert later.id != share.id


def test_a_text_copied_again_leads_where_the_item_does_now(session, person):
    item = make_item(session, ItemKind.LINK)
    copy_share(session, person, item, ShareWish("One."), now())
    item.link_address = "https://veenstroom.example/right"

    again = copy_share(session, person, item, ShareWish("One."), now())

    assert session.get_one(Link, again.link_code).target == item.link_address


def test_an_empty_text_cannot_be_copied(session, person, item):
    with pytest.raises(WishRefused) as refused:
        copy_share(session, person, item, ShareWish(" "), now())
    assert refused.value.problems == {"text": Problem.EMPTY}


def test_what_was_pasted_is_told_with_or_without_its_address(session, person, item):
    share = copy_share(session, person, item, ShareWish("My words."), now())
    told_at = now()

    tell_posted(session, share, "", told_at)
    assert share.state is ShareState.TOLD
    assert share.posted_at == told_at
    assert share.post_address is None

    tell_posted(session, share, POST, told_at + timedelta(hours=1))
    assert share.post_address == POST
    assert share.posted_at == told_at


def test_an_address_that_is_no_post_or_belongs_to_another_share_is_refused(
    session, person, item
):
    one = copy_share(session, person, item, ShareWish("My words."), now())
    with pytest.raises(WishRefused) as refused:
        tell_posted(session, one, "https://veenstroom.example/", now())
    assert refused.value.problems == {"address": Problem.NOT_A_POST}
    assert state_of(session, one) is ShareState.COPIED

    tell_posted(session, one, POST, now())
    other = copy_share(session, person, make_item(session), ShareWish("More."), now())
    with pytest.raises(WishRefused) as refused:
        tell_posted(session, other, POST, now())
    assert refused.value.problems == {"address": Problem.ADDRESS_TAKEN}


def test_the_address_of_a_colleagues_post_reads_like_an_unknown_one(
    session, person, item, station
):
    """Else anybody could find out which public posts went through here."""
    theirs = queue_due(session, person, item)
    session.commit()
    publish_share(theirs.id, station)
    session.refresh(theirs)
    colleague = make_person(session, consent=False)
    mine = copy_share(session, colleague, item, ShareWish("My words."), now())

    site = theirs.post_address.partition("/feed/")[0]
    tell_posted(session, mine, theirs.post_address, now(), site=site)

    assert mine.post_address == theirs.post_address
    assert mine.post_id is None


def test_an_address_taken_off_the_list_can_be_told_again(session, person, item):
    first = copy_share(session, person, item, ShareWish("My words."), now())
    tell_posted(session, first, POST, now())
    take_off_list(session, first)
    again = copy_share(session, person, item, ShareWish("My words."), now())

    tell_posted(session, again, POST, now())

    assert again.post_address == POST


def test_a_told_share_can_be_taken_off_the_list(session, person, item):
    share = copy_share(session, person, item, ShareWish("My words."), now())
    tell_posted(session, share, None, now())
    take_off_list(session, share)
    assert share.reason == Reason.TAKEN_OFF

    with pytest.raises(TooLate):
        take_off_list(session, share)
