"""My shares: every state in words, for its owner alone, with what can be done."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.links.models import ClickDay, Outcome
from advocacy.links.operations import link_for
from advocacy.shares.models import MOVES, PublishAttempt, Share, ShareState, Way
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import StopCause
from advocacy.shares.wording import _ROWS
from content.items import ItemKind, ItemState
from integrations.clock import clock_at, now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item, make_person

S = ShareState


def test_an_empty_list_is_fine(reader):
    said = words(reader.get("/shares"))
    assert "Nothing here, and that is fine" in said
    assert "Nobody is told that this page is empty." in said


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CASES = [
    (S.PREPARING, {}, "About to leave", "On its way to LinkedIn", ["undo"]),
    (S.READY, {}, "About to leave", "On its way to LinkedIn", ["undo"]),
    (S.SENDING, {}, "About to leave", "It is too late to stop it", ["stop"]),
    (
        S.SCHEDULED,
        {"reason": Reason.UNREACHABLE},
        "About to leave",
        "We try again at",
        ["undo", "text"],
    ),
    (
        S.UNCERTAIN,
        {"reason": Reason.NO_ANSWER},
        "Please have a look",
        "We could not see whether LinkedIn took it",
        ["there", "again"],
    ),
    (
        S.NEEDS_RECONNECT,
        {"reason": Reason.ACCESS_REFUSED},
        "Please have a look",
        "LinkedIn no longer accepts the connection",
        ["consent", "text", "undo"],
    ),
    (
        S.MISSED,
        {"reason": Reason.LATE},
        "Please have a look",
        "We could not send it in time",
        ["again", "text", "undo"],
    ),
    (
        S.FAILED,
        {"reason": Reason.DUPLICATE},
        "Please have a look",
        "LinkedIn says you posted the same words just before",
        ["items", "text"],
    ),
    (
        S.PUBLISHED,
        {"post_id": "urn:li:share:1", "post_address": "https://x.example/1"},
        "Posted",
        "Posted on",
        ["delete"],
    ),
    (
        S.PUBLISHED_UNVERIFIED,
        {"reason": Reason.SAID_SO},
        "Posted",
        "You saw it there.",
        ["address"],
    ),
    (S.TOLD, {"way": Way.COPY}, "Posted", "You told us", ["address", "take-off"]),
    (
        S.COPIED,
        {"way": Way.COPY},
        "Everything",
        "Taken along on",
        ["text", "take-off"],
    ),
    (
        S.CANCELLED,
        {"reason": Reason.UNDONE},
        "Everything",
        "Undone on",
        ["items", "text"],
    ),
    (
        S.CANCELLED,
        {"reason": Reason.CONSENT},
        "Everything",
        "You turned “Post for me” off",
        ["items"],
    ),
    (S.REMOVED, {}, "Everything", "Deleted from LinkedIn on", ["items"]),
]


@pytest.mark.parametrize(("state", "values", "group", "sentence", "ways"), CASES)
def test_each_state_is_said_in_words_with_a_time_and_a_next_step(
    reader, keep, state, values, group, sentence, ways
):
    share = keep(state, at=NOON, **values)
    with clock_at(NOON + timedelta(minutes=1)):
        page = reader.get("/shares")
    said = words(page)
    own_row = page.get_data(as_text=True).partition(f'id="share-{share.public_id}"')[2]
    assert re.search(r"\d{1,2} [A-Z][a-z]+|at \d\d:\d\d", own_row.partition("</li>")[0])
    assert said.index(group) < said.index(sentence)
    source = page.get_data(as_text=True)
    for way in ways:
        own = f"/shares/{share.public_id}/{way}"
        there = {"consent": "/consent", "items": f"/items/{share.item_id}"}
        assert there.get(way, own) in source


def test_every_state_has_its_words():
    assert {S.SCHEDULED, *_ROWS} == set(MOVES) == set(ShareState)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_said_in_one_of_the_states(app, reason):
    from advocacy.shares import reason_words  # noqa: PLC0415 (needs a language)

    share = Share(network="mastodon", reason=reason)
    said = [
        reason_words.sentence(table, share)
        for table in (
            reason_words.WAITING,
            reason_words.NOT_POSTED,
            reason_words.STOPPED,
            reason_words.IN_DOUBT,
            reason_words.LIVE,
        )
    ]
    # Taken off means that nothing is shown at all.
    assert any(said) or reason is Reason.TAKEN_OFF
    assert "LinkedIn" not in " ".join(said)


def test_a_hold_shows_its_seconds_and_undo_as_the_main_action(reader, keep):
    share = keep(S.SCHEDULED, at=now() + timedelta(seconds=48))
    page = reader.get("/shares").get_data(as_text=True)
    assert 'data-hold="48"' in page
    assert "Leaves in 48 seconds" in page
    assert f"/shares/{share.public_id}/undo" in page
    assert page.count("button--main") == 1


def test_a_plan_says_day_time_and_place(reader, keep):
    share = keep(
        S.SCHEDULED, at=now() + timedelta(days=3), wall_time="2026-11-20T08:30"
    )
    said = words(reader.get("/shares"))
    assert "Amsterdam time" in said
    assert "Planned" in said
    page = reader.get("/shares").get_data(as_text=True)
    assert f"/shares/{share.public_id}/time" in page


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (datetime(2026, 11, 18, 22, 30, tzinfo=UTC), "We try again at 23:30"),
        # In Amsterdam a new day has begun by then.
        (
            datetime(2026, 11, 19, 0, 6, tzinfo=UTC),
            "We try again on Thursday 19 November at 01:06",
        ),
    ],
)
def test_the_next_try_names_its_day_when_that_is_not_today(
    browser_of, me, keep, hour, said
):
    at = datetime(2026, 11, 18, 20, tzinfo=UTC)
    with clock_at(at):
        keep(
            S.SCHEDULED,
            at=at - timedelta(minutes=5),
            next_at=hour,
            reason=Reason.RATE_LIMIT,
        )
        assert said in words(browser_of(me).get("/shares"))


def test_what_was_taken_off_the_list_is_gone_from_it(reader, keep):
    share = keep(S.TOLD, way=Way.COPY)
    reader.post(f"/shares/{share.public_id}/take-off")
    assert "You told us" not in words(reader.get("/shares"))


def test_i_posted_it_on_the_list_is_said_in_one_press(reader, session, keep):
    share = keep(S.COPIED, way=Way.COPY)
    where = f"/shares/{share.public_id}/told"
    assert f'method="post" action="{where}"' in reader.get("/shares").get_data(
        as_text=True
    )
    assert "You told us you posted it" in words(
        reader.post(where, follow_redirects=True)
    )


def test_what_only_leads_to_the_text_does_not_say_copy(reader, keep):
    keep(S.CANCELLED, reason=Reason.UNDONE)
    said = words(reader.get("/shares"))
    assert "Open my text" in said
    assert "Copy my text" not in said


def test_old_trouble_moves_down_by_itself(reader, keep):
    keep(S.FAILED, reason=Reason.REFUSED, changed_at=now() - timedelta(days=15))
    said = words(reader.get("/shares"))
    assert "Please have a look" not in said


def test_everything_else_is_a_heading_where_there_is_something_else(reader, keep):
    keep(S.CANCELLED, reason=Reason.UNDONE)
    assert "Everything else" not in words(reader.get("/shares"))
    keep(S.PUBLISHED)
    assert "Everything else" in words(reader.get("/shares"))


def armed(session, share):
    attempt = PublishAttempt(
        share_id=share.id,
        n=1,
        armed_at=now(),
        worker="a worker",
        body_sha256="0" * 64,
        consent_epoch=1,
        content_epoch=1,
        outcome="not_sent",
    )
    session.add(attempt)
    session.commit()


@pytest.mark.parametrize("state", [S.CANCELLED, S.FAILED])
def test_what_never_went_out_can_be_taken_off_the_list(reader, session, keep, state):
    share = keep(state, reason=Reason.UNDONE)
    where = f"/shares/{share.public_id}/take-off"
    assert where in reader.get("/shares").get_data(as_text=True)
    said = words(reader.post(where, follow_redirects=True))
    assert "Taken off your list. Its text is no longer kept." in said
    assert "I was there." not in said
    assert "Nothing here, and that is fine" in said
    assert session.scalars(select(Share)).all() == []


def test_what_was_about_to_be_sent_stays_on_the_list(reader, session, keep):
    share = keep(S.CANCELLED, reason=Reason.NOT_THERE)
    armed(session, share)
    where = f"/shares/{share.public_id}/take-off"
    assert where not in reader.get("/shares").get_data(as_text=True)
    said = words(reader.post(where, follow_redirects=True))
    assert "That had changed in the meantime." in said
    assert "I was there." in said


def test_a_long_text_is_cut_where_a_word_ends(reader, keep):
    keep(S.PUBLISHED, text="We hung  the\n\nline " * 40)
    said = words(reader.get("/shares"))
    assert "We hung the line We hung" in said
    assert re.search(r"(We|hung|the|line) …", said)


def test_write_again_is_offered_while_the_item_is_there(reader, keep, item, session):
    keep(S.CANCELLED, reason=Reason.UNDONE)
    assert "Write again" in words(reader.get("/shares"))
    item.state = ItemState.WITHDRAWN
    session.commit()
    assert "Write again" not in words(reader.get("/shares"))


@pytest.fixture
def visited(session, me, keep):
    """A posted share whose own link was visited 31 times."""
    give(session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    story = make_item(session, ItemKind.LINK)
    link = link_for(session, story.id, story.link_address, me.id)
    day = now().date()
    session.add(ClickDay(code=link.code, day=day, outcome=Outcome.COUNTED, visits=31))
    session.add(ClickDay(code=link.code, day=day, outcome=Outcome.BOT, visits=400))
    return keep(S.PUBLISHED, item_id=story.id, link_code=link.code)


def test_visits_come_in_bands_and_exactly_on_request(reader, visited):
    said = words(reader.get("/shares"))
    assert "20 to 49 visits to your link" in said
    assert "31 visits" not in said
    assert "31 visits to your link" in words(reader.get("/shares?visits=exact"))
    assert "31 visits" not in words(reader.get("/shares"))


def test_without_the_purpose_no_visits_are_shown(reader, session, me, visited):
    withdraw(session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now(), cascade=())
    session.commit()
    for address in ("/shares", "/shares?visits=exact"):
        said = words(reader.get(address))
        assert "visits" not in said


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        (0, "No visits yet"),
        (1, "1 to 4 visits"),
        (4, "1 to 4 visits"),
        (5, "5 to 19 visits"),
        (49, "20 to 49 visits"),
        (50, "50 or more visits"),
        (4321, "50 or more visits"),
    ],
)
def test_each_number_lies_in_its_band(app, visits, said):
    from advocacy.shares.list_views import visits_in_words  # noqa: PLC0415

    with app.test_request_context():
        assert visits_in_words(visits, exact=False) == said


GETS = ["text", "address", "time", "again", "delete"]
POSTS = [*GETS[1:], "undo", "there", "take-off", "told", "leave"]


def test_somebody_elses_share_does_not_exist(browser_of, session, keep):
    shares = [
        keep(state, target_day=now().date() - timedelta(days=number))
        for number, state in enumerate((S.PREPARING, S.UNCERTAIN, S.PUBLISHED, S.TOLD))
    ]
    stranger = browser_of(make_person(session))
    for share in shares:
        before = share.state
        for way in GETS:
            where = f"/shares/{share.public_id}/{way}"
            assert stranger.get(where).status_code == 404
        for way in POSTS:
            where = f"/shares/{share.public_id}/{way}"
            assert stranger.post(where).status_code == 404
        session.refresh(share)
        assert share.state is before
    assert "I was there." not in words(stranger.get("/shares"))


def test_a_stranger_signs_in_first(client, keep):
    share = keep(S.PUBLISHED)
    assert client.get("/shares").location.startswith("/sign-in")
    for way in GETS:
        answer = client.get(f"/shares/{share.public_id}/{way}")
        assert answer.location.startswith("/sign-in")
    for way in POSTS:
        answer = client.post(f"/shares/{share.public_id}/{way}")
        assert answer.location.startswith("/sign-in")


def test_a_stop_for_everybody_is_said_on_the_list(reader, keep, session):
    keep(S.SCHEDULED)
    assert "Posting is paused" not in words(reader.get("/shares"))
    stop_publishing(session, StopCause.BY_HAND)
    session.commit()
    assert "Posting is paused for everybody" in words(reader.get("/shares"))
