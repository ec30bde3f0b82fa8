"""Every state of a share in words, with a time and what can be done."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.shares.models import MOVES, ON_NETWORK, Share, ShareState, Way
from advocacy.shares.reasons import Reason
from advocacy.shares.wording import _ROWS
from content.items import Item, ItemKind
from integrations.clock import clock_at, now
from tests.advocacy.library.reading import words

S = ShareState


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CASES = [
    (S.PREPARING, {}, "About to leave", "On its way to LinkedIn", ["undo"]),
    (S.READY, {}, "About to leave", "On its way to LinkedIn", ["undo"]),
    (S.SENDING, {}, "About to leave", "It is too late to stop it", ["stop"]),
    (
        S.SCHEDULED,
        {"reason": Reason.UNREACHABLE},
        "Waiting to leave",
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
        S.NEEDS_RECONNECT,
        {"reason": Reason.OTHER_MEMBER},
        "Please have a look",
        "You confirmed this for another LinkedIn account",
        ["time", "text", "undo"],
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
    timed = re.search(
        r"\d{1,2} [A-Z][a-z]+|at \d\d:\d\d", own_row.partition("</li>")[0]
    )
    assert timed or state in {S.PREPARING, S.READY, S.SENDING}  # on its way just now
    assert said.index(group) < said.index(sentence)
    source = page.get_data(as_text=True)
    for way in ways:
        own = f"/shares/{share.public_id}/{way}"
        there = {"consent": "/consent", "items": f"/items/{share.item_id}"}
        assert there.get(way, own) in source


def test_every_state_has_its_words():
    assert (
        {S.SCHEDULED, S.UNCERTAIN, S.NEEDS_RECONNECT, *ON_NETWORK, *_ROWS}
        == set(MOVES)
        == set(ShareState)
    )


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_said_in_one_of_the_states(app, reason):
    from advocacy.shares import reason_words  # noqa: PLC0415 (needs a language)

    share = Share(network="mastodon", reason=reason, item=Item(kind=ItemKind.VIDEO))
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
