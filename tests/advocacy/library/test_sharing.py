"""Sharing through the account: confirmed exactly, refused with every value kept."""

from datetime import timedelta

import pytest

from advocacy.shares.models import ShareState, Way
from content.items import ItemState
from integrations.clock import now
from integrations.network import Visibility
from tests.advocacy.library.desk import TEXT, refused
from tests.advocacy.library.reading import fields, words


def test_without_a_script_the_exact_thing_is_shown_before_it_leaves(desk, stored):
    page = desk.press("share", text=TEXT, seen="connections")
    assert page.status_code == 200
    said = words(page)
    assert "Is this what you want to post?" in said
    assert "Your connections on LinkedIn" in said
    assert "A short one of ours, to veenstroom.example" in said
    assert "Not counted for you" in said
    assert stored() == []

    sent = fields(page, desk.action)
    answer = desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert answer.location == "/shares"
    (share,) = stored()
    assert share.text == TEXT
    assert share.visibility is Visibility.CONNECTIONS
    assert share.way is Way.ACCOUNT
    assert share.state is ShareState.SCHEDULED


def test_with_the_script_share_confirms_what_is_on_the_screen(desk, stored):
    answer = desk.share(TEXT)
    assert answer.location == "/shares"
    (share,) = stored()
    assert share.text == TEXT
    list_ = words(desk.browser.get("/shares"))
    assert "Confirmed. Your post leaves in a moment" in list_
    assert "Leaves in 60 seconds" in list_


def test_a_confirmation_counts_for_exactly_what_was_shown(desk, stored):
    sent = fields(desk.press("share", text=TEXT), desk.action)
    for changed in (
        {"text": TEXT + " And more."},
        {"seen": "connections"},
        {"at": (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")},
        {"confirmed": "0" * 64 + ".1700000000"},
    ):
        answer = desk.browser.post(desk.action, data=sent | {"do": "confirm"} | changed)
        assert answer.status_code == 422
        assert "Something changed since you last looked" in words(answer)
    assert stored() == []


@pytest.mark.parametrize("live", ["no", "yes"])
def test_the_proof_of_a_confirmation_cannot_be_left_out(desk, stored, live):
    sent = fields(desk.press("share", text=TEXT), desk.action)
    del sent["confirmed"]
    for proof in ({}, {"confirmed": ""}, {"confirmed": " "}):
        typed = sent | {"do": "confirm", "live": live} | proof
        answer = desk.browser.post(desk.action, data=typed)
        kept = refused(desk, answer, "send", "Something changed since you last looked")
        assert kept["text"].replace("\r\n", "\n") == TEXT
    assert stored() == []


def test_change_something_goes_back_with_everything_kept(desk):
    sent = fields(desk.press("share", text=TEXT, seen="connections"), desk.action)
    page = desk.browser.post(desk.action, data=sent | {"do": "preview"})
    again = fields(page, desk.action)
    assert again["text"].replace("\r\n", "\n") == TEXT
    assert again["seen"] == "connections"


def test_that_a_post_leaves_soon_is_said_once(desk):
    answer = desk.share(TEXT)
    assert "leaves in a moment" in words(desk.browser.get(answer.location))
    assert "leaves in a moment" not in words(desk.browser.get(answer.location))


def test_an_audience_that_does_not_exist_falls_to_the_narrow_one(desk, stored):
    desk.share(TEXT, seen="everybody")
    assert stored()[0].visibility is Visibility.CONNECTIONS


def test_two_presses_make_one_share(desk, stored):
    desk.share(TEXT)
    answer = desk.share(TEXT)
    assert len(stored()) == 1
    assert "Nothing was sent twice." in words(desk.browser.get(answer.location))


def test_pressing_again_after_going_back_finds_the_same_share(desk, stored):
    sent = fields(desk.press("share", text=TEXT), desk.action) | {"do": "confirm"}
    desk.browser.post(desk.action, data=sent)
    answer = desk.browser.post(desk.action, data=sent)
    assert answer.location == "/shares"
    assert len(stored()) == 1


def test_other_words_on_the_same_day_are_refused_kindly(desk, stored):
    desk.share(TEXT)
    answer = desk.share("Quite other words.")
    kept = refused(desk, answer, "send", "on that day already")
    assert kept["text"] == "Quite other words."
    assert len(stored()) == 1


def test_who_says_so_posts_one_more_on_the_day_after_seeing_it(desk, stored):
    desk.share(TEXT)
    said = desk.share("Other words.")
    assert "press “Post this one as well” below" in words(said)
    shown = desk.press("more", text="Other words.")
    assert "one more post about this story on the same day" in words(shown)
    assert len(stored()) == 1

    sent = fields(shown, desk.action)
    for _press in range(2):
        answer = desk.browser.post(desk.action, data=sent | {"do": "confirm"})
        assert answer.location == "/shares"

    assert {share.text for share in stored()} == {TEXT, "Other words."}
    assert len(stored()) == 2


def test_without_a_script_it_is_refused_before_anybody_is_asked_to_confirm(
    desk, stored
):
    desk.share(TEXT)
    answer = desk.press("share", text="Other words.")
    kept = refused(desk, answer, "send", "on that day already")
    assert kept["text"] == "Other words."
    assert "Post this one as well" in words(answer)


def test_one_more_is_said_only_where_there_is_one(desk, stored):
    day = (now() + timedelta(days=3)).strftime("%Y-%m-%dT09:00")
    desk.share(TEXT)
    desk.share("Other words.")
    shown = desk.press("more", text="Other words.", at=day)
    assert "Is this what you want to post?" in words(shown)
    assert "one more post" not in words(shown)

    sent = fields(shown, desk.action) | {"do": "confirm"}
    assert desk.browser.post(desk.action, data=sent).location == "/shares"
    assert len(stored()) == 2


def test_two_pages_that_ask_for_one_more_do_not_make_two_unseen(desk, stored):
    desk.share(TEXT)
    desk.share("Other words.")
    first = fields(desk.press("more", text="Other words."), desk.action)
    desk.open()
    second = fields(desk.press("more", text="Third words."), desk.action)

    for sent, place in ((first, "/shares"), (second, None)):
        answer = desk.browser.post(desk.action, data=sent | {"do": "confirm"})
        assert answer.location == place

    shown = words(desk.browser.post(desk.action, data=second | {"do": "more"}))
    assert "beside the 2 you have" in shown
    assert len(stored()) == 2


def test_after_an_undo_the_same_may_be_shared_again(desk, stored):
    desk.share(TEXT)
    desk.browser.post(f"/shares/{stored()[0].public_id}/undo")
    assert desk.share(TEXT).status_code == 302
    assert [share.state for share in stored()] == [
        ShareState.CANCELLED,
        ShareState.SCHEDULED,
    ]


def test_a_field_that_nobody_offered_changes_nothing(desk, stored, me, newcomer):
    desk.share(TEXT, person_id=str(newcomer.id), state="published", post_id="urn:1")
    (share,) = stored()
    assert share.person_id == me.id
    assert share.state is ShareState.SCHEDULED
    assert share.post_id is None


def test_an_item_nobody_was_offered_does_not_exist(desk, reader, session, story):
    story.state, story.offered_at = ItemState.DRAFT, None
    session.commit()
    assert desk.press("share", text=TEXT).status_code == 404
    assert reader.post("/items/999999/compose").status_code == 404
