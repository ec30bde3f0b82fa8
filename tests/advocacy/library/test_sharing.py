"""Sharing through the account: confirmed exactly, refused with every value kept."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.shares.models import Share, ShareState, Way
from content.items import ItemKind, ItemState
from integrations.clock import clock_at, now
from integrations.network import Visibility
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.reading import fields, words
from tests.advocacy.library.test_front import add_picture
from tests.advocacy.shares.making import make_item

TEXT = "I stood under tower 41 in the rain.\n\nNobody cheered."


@pytest.fixture
def stored(session):
    """The shares in the database, read anew each time."""

    def read():
        session.expire_all()
        return session.scalars(select(Share).order_by(Share.id)).all()

    return read


def refused(desk, answer, place, sentence):
    """A refusal: 422, the reason beside the field, all values kept, nothing stored."""
    source = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'id="{place}-error"' in source
    assert f'<a href="#{place}">' in source
    return fields(answer, desk.action)


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


@pytest.mark.parametrize("do", ["share", "copy", "posted", "confirm"])
@pytest.mark.parametrize("epoch", [None, "", "-1", "abc", "9" * 30, "١", "1.0", " 1"])
def test_a_version_of_the_story_that_nobody_read_is_looked_at_once_more(
    desk, stored, do, epoch
):
    sent = fields(desk.press("share", text=TEXT), desk.action)
    del sent["epoch"]
    version = {} if epoch is None else {"epoch": epoch}
    typed = sent | {"do": do, "live": "yes"} | version
    answer = desk.browser.post(desk.action, data=typed)
    kept = refused(desk, answer, "send", "The editors changed this story")
    assert kept["text"].replace("\r\n", "\n") == TEXT
    assert stored() == []


def test_change_something_goes_back_with_everything_kept(desk):
    sent = fields(desk.press("share", text=TEXT, seen="connections"), desk.action)
    page = desk.browser.post(desk.action, data=sent | {"do": "preview"})
    again = fields(page, desk.action)
    assert again["text"].replace("\r\n", "\n") == TEXT
    assert again["seen"] == "connections"


@pytest.mark.parametrize("text", ["", "  \r\n \t"])
def test_an_empty_text_is_refused(desk, stored, text):
    refused(desk, desk.share(text), "text", "There are no words yet.")
    assert stored() == []


def test_3001_characters_are_one_too_many(desk, stored):
    kept = refused(desk, desk.share("x" * 3001), "text", "1 too many for LinkedIn.")
    assert kept["text"] == "x" * 3001
    assert desk.share("x" * 3000).status_code == 302
    assert len(stored()) == 1


def test_emoji_count_as_linkedin_counts_them(desk, stored):
    one = "👷🏽‍♀️"  # 7 units of UTF-16
    kept = refused(desk, desk.share(one * 429), "text", "3 too many for LinkedIn.")
    assert kept["text"] == one * 429
    assert desk.share(one * 428).status_code == 302
    assert stored()[0].text == one * 428


def test_reserved_characters_count_with_their_escapes_and_stay_as_typed(desk, stored):
    text = "x" * 2990 + "(" * 6
    refused(desk, desk.share(text), "text", "2 too many for LinkedIn.")
    odd = r"\ | { } @ [ ] ( ) < > # * _ ~ #tag snake_case 50%"
    assert desk.share(odd).status_code == 302
    assert stored()[0].text == odd


@pytest.mark.parametrize("do", ["share", "copy", "posted", "preview"])
def test_a_text_beyond_reason_comes_back_whole_and_is_counted_whole(desk, stored, do):
    text = "word " * 60_000 + "end"
    answer = desk.press(do, text=text, before=text, live="yes")
    assert answer.status_code == (200 if do == "preview" else 422)
    kept = fields(answer, desk.action)
    assert kept["text"] == kept["before"] == text
    assert "300,003 of 3,000 characters, 297,003 too many" in words(answer)
    assert stored() == []


@pytest.mark.parametrize(
    "text",
    [
        "\u200b",
        "\ufeff\u200b",
        "\u00a0",
        "\u2003",
        "\u2800\u3164",
        "\x01\x08",
        "\ufe0f\u200d",
    ],
)
@pytest.mark.parametrize("do", ["share", "copy", "posted"])
def test_a_text_that_shows_nothing_is_no_text(desk, stored, do, text):
    answer = desk.press(do, text=text, live="yes")
    refused(desk, answer, "text", "There are no words yet.")
    assert stored() == []


def test_control_characters_are_left_out_and_everything_else_stays(desk, stored):
    desk.share("a\x00\x01b\x08\x1bc\x7f\x85\td\r\ne\rf \u200bÉ👷🏽‍♀️ #१")
    assert stored()[0].text == "abc\td\ne\nf \u200bÉ👷🏽‍♀️ #१"


def wall(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2020-01-01T10:00", "This time has passed."),
        (wall(datetime.now(UTC) + timedelta(days=33)), "within the next 31 days"),
        ("tomorrow", "This is not a day and time."),
        ("2026-13-45T99:99", "This is not a day and time."),
        ("2026-W50", "This is not a day and time."),
        ("20261201T1000", "This is not a day and time."),
        ("2026-12-01", "This is not a day and time."),
        ("2026-12-01 10:00", "This is not a day and time."),
        ("2026-12-01T10:00:00.5", "This is not a day and time."),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field(desk, stored, at, sentence):
    kept = refused(desk, desk.share(TEXT, at=at), "at", sentence)
    assert kept["at"] == at
    assert kept["text"].replace("\r\n", "\n") == TEXT
    assert stored() == []


def test_a_time_beyond_the_connections_life_is_said_at_once_and_can_be_planned(
    desk, stored, session, me
):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = now() + timedelta(days=3)
    session.commit()
    at = wall(now() + timedelta(days=4))
    page = desk.share(TEXT, at=at)  # also with the script
    assert "Your connection with LinkedIn ends before that time." in words(page)
    assert stored() == []
    sent = fields(page, desk.action)
    answer = desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert answer.location == "/shares"
    (share,) = stored()
    assert share.state is ShareState.SCHEDULED
    assert share.wall_time == at


def test_a_time_after_the_item_has_left_is_refused(desk, stored, session, story):
    story.expires_at = now() + timedelta(days=2)
    session.commit()
    at = wall(now() + timedelta(days=5))
    refused(desk, desk.share(TEXT, at=at), "at", "By then this story has left")
    assert stored() == []


def test_with_a_time_the_buttons_say_plan(desk):
    at = wall(now() + timedelta(days=2))
    said = words(desk.press("preview", text=TEXT, at=at))
    assert "Plan this post" in said
    said = words(desk.press("share"))
    assert "Confirm and plan" in said
    assert "Confirm and share" not in said


def test_without_a_time_the_buttons_say_share(desk):
    said = words(desk.press("preview", text=TEXT))
    assert "Plan this post" not in said
    assert "Confirm and share" in words(desk.press("share"))


def test_that_a_post_leaves_soon_is_said_once(desk):
    answer = desk.share(TEXT)
    assert "leaves in a moment" in words(desk.browser.get(answer.location))
    assert "leaves in a moment" not in words(desk.browser.get(answer.location))


def test_a_planned_share_says_when_in_the_persons_own_time(desk, stored):
    with clock_at(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        desk.open()
        answer = desk.share(TEXT, at="2026-11-20T08:30")
        said = words(desk.browser.get(answer.location))
    assert "Planned for Friday 20 November at 08:30." in said
    assert "Friday 20 November at 08:30, Amsterdam time" in said
    assert stored()[0].due_at == datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "moment", "sentence", "due"),
    [
        (
            "2027-03-28T02:30",
            datetime(2027, 3, 20, 12, tzinfo=UTC),
            "The clock skips 02:30 that day. It leaves at 03:30 instead.",
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),
        (
            "2027-10-31T02:30",
            datetime(2027, 10, 20, 12, tzinfo=UTC),
            "The clock shows 02:30 twice that day. It leaves the first time.",
            datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        ),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_is_said_before_it_is_stored(
    me, browser_of, session, story, stored, at, moment, sentence, due
):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = moment + timedelta(days=50)
    session.commit()
    with clock_at(moment):
        desk = Desk(browser_of(me), story)
        page = desk.share(TEXT, at=at)  # also with the script
        assert sentence in words(page)
        assert stored() == []
        sent = fields(page, desk.action)
        desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert stored()[0].due_at == due


@pytest.mark.parametrize(
    "values",
    [
        {"state": ItemState.WITHDRAWN},
        {"expires_at": now() - timedelta(seconds=1)},
        {"read_only": True},
    ],
)
def test_an_item_that_left_while_composing_leaves_the_text(
    desk, stored, session, story, values
):
    for name, value in values.items():
        setattr(story, name, value)
    session.commit()
    sent = fields(desk.page, desk.action) | {"text": TEXT, "live": "yes"}
    for do in ("share", "copy", "confirm", "posted", "preview"):
        page = desk.browser.post(desk.action, data=sent | {"do": do})
        assert page.status_code == 422
        assert "This story has left the library" in words(page)
        assert "Copy my text" in words(page)
        assert "Nobody cheered." in page.get_data(as_text=True)
    assert stored() == []


def test_a_story_that_changed_meanwhile_is_looked_at_once_more(
    desk, stored, session, story
):
    story.epoch += 1
    session.commit()
    answer = desk.share(TEXT)
    refused(desk, answer, "send", "The editors changed this story")
    assert stored() == []
    assert desk.share(TEXT).status_code == 302


def test_a_purpose_that_was_turned_off_meanwhile_stops_it(desk, stored, session, me):
    withdraw(session, me, Purpose.POST_FOR_ME, "en", "a test", now(), cascade=())
    session.commit()
    refused(desk, desk.share(TEXT), "send", "“Post for me” is off")
    assert stored() == []


def test_an_account_that_is_gone_or_refused_stops_it(desk, stored, session, me):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.refused_at = now()
    session.commit()
    refused(desk, desk.share(TEXT), "send", "no longer accepts the connection")
    session.delete(account)
    session.commit()
    refused(desk, desk.share(TEXT), "send", "No LinkedIn account is connected")
    assert stored() == []


def test_a_picture_of_another_item_is_refused(desk, stored, session, story):
    add_picture(session, story)
    add_picture(session, story, alt="Another")
    session.commit()
    desk.open()
    refused(desk, desk.share(TEXT, picture="nobodys"), "pictures", "Choose another.")
    assert stored() == []


def test_another_picture_goes_along_when_chosen(desk, stored, session, story):
    add_picture(session, story)
    other = add_picture(session, story, position=1)
    session.commit()
    desk.open()
    desk.share(TEXT, picture=other.public_id)
    assert stored()[0].media_id == other.id


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


def test_a_card_can_do_without_a_picture(desk, stored, session, story):
    add_picture(session, story)
    session.commit()
    desk.open()
    assert "No picture" in words(desk.page)
    page = desk.press("share", text=TEXT, picture="none")
    assert "/media/" not in page.get_data(as_text=True)
    sent = fields(page, desk.action)
    desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert stored()[0].media_id is None


def test_a_picture_item_cannot_do_without_its_picture(reader, stored, session):
    item = make_item(session, ItemKind.PICTURES)
    add_picture(session, item)
    session.commit()
    desk = Desk(reader, item)
    assert "No picture" not in words(desk.page)
    answer = desk.share(TEXT, picture="none")
    assert answer.status_code == 422
    assert "Choose another." in words(answer)
    assert stored() == []
