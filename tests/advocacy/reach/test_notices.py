"""Notices about figures: for good, in order, one chain."""

from advocacy.reach import chain
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from advocacy.reach.notices import give_notice, notices
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER, RELEASE


def test_notices_are_kept_in_order_and_under_seal(session, at_release):
    give_notice(session, NoticeKind.WITHDRAWN, "unit", OCTOBER, "Counted twice")
    give_notice(
        session,
        NoticeKind.NOT_RELEASED,
        "organisation",
        NOVEMBER,
        "A backup was restored",
        edition=2,
        group="g1",
    )
    first, second = notices(session)
    assert (
        first.kind,
        first.table,
        first.window_start,
        first.edition,
        first.group,
    ) == (
        NoticeKind.WITHDRAWN,
        "unit",
        OCTOBER,
        1,
        None,
    )
    assert (first.at, first.previous_hash) == (RELEASE, chain.BEGINNING)
    assert (second.edition, second.group) == (2, "g1")
    assert second.previous_hash == first.own_hash
    assert chain.is_whole(session, FigureNotice)
