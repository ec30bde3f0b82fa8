"""What stands first on My shares: what can still be undone, then what needs its owner."""

from datetime import timedelta

from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import queue
from tests.advocacy.shares.pages.pressing import press

S = ShareState


def test_the_order_is_by_what_asks_for_something(reader, keep):
    at = now()
    days = iter(range(20))

    def kept(state, **values):
        values.setdefault("target_day", at.date() - timedelta(days=next(days)))
        keep(state, **values)

    kept(S.CANCELLED, reason=Reason.UNDONE)
    kept(S.PUBLISHED)
    later = at + timedelta(days=3)
    kept(S.SCHEDULED, at=later, wall_time="2026-11-20T08:30")
    soon = at + timedelta(minutes=1)
    kept(S.SCHEDULED, at=at, next_at=soon, reason=Reason.UNREACHABLE)
    kept(S.UNCERTAIN, reason=Reason.NO_ANSWER)
    kept(S.SCHEDULED, at=at + timedelta(seconds=40))
    said = words(reader.get("/shares"))
    places = [
        said.index(heading)
        for heading in (
            "About to leave",
            "Please have a look",
            "Waiting to leave",
            "Planned",
            "Posted",
            "Everything else",
        )
    ]
    assert places == sorted(places)


def test_who_has_just_confirmed_lands_on_the_hold_and_only_then(
    reader, session, me, item, keep
):
    share = keep(S.MISSED, at=now(), reason=Reason.LATE)
    page = press(reader, share, "again").text
    own = page.partition(f'id="share-{share.public_id}"')[2].partition(">")[0]
    assert own == ' tabindex="-1" autofocus'
    assert page.count(" autofocus") == 1
    assert " autofocus" not in reader.get("/shares").text


def test_an_older_hold_is_not_where_one_lands(reader, session, me, item):
    queue(session, me, item)
    session.commit()
    said = words(reader.get("/shares"))
    assert "Leaves in" in said
    assert " autofocus" not in reader.get("/shares").text


def test_what_asks_for_something_is_there_however_many_came_after(
    reader, keep, monkeypatch
):
    monkeypatch.setattr("advocacy.shares.queries.SHOWN", 3)
    old = keep(S.UNCERTAIN, reason=Reason.NO_ANSWER)
    posts = [keep(S.PUBLISHED, extra=number) for number in range(1, 5)]

    page = reader.get("/shares").text

    shown = [f'id="share-{share.public_id}"' in page for share in (old, *posts)]
    assert shown == [True, False, False, True, True]
