"""A second sending that came to nothing does not hide that the first is in doubt."""

import pytest

from advocacy.outside import LINKEDIN
from advocacy.shares.attempted import Attempted
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import doubt
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.ends import BUSY, REFUSED
from tests.advocacy.shares.making import attempt_of

S = ShareState
EARLIER = "We could not see whether an earlier try arrived: it may be on LinkedIn."


@pytest.fixture
def sending(session, keep):
    """On the wire for the second time; the first is in doubt."""
    share = keep(S.SENDING, lease_owner="w/2")
    session.add(attempt_of(share.id, outcome=S.UNCERTAIN))
    session.add(attempt_of(share.id, n=2, worker="w/2", outcome=None))
    session.commit()
    return share


def settle_second(session, share, outcome, station):
    attempted = Attempted(
        share_id=share.id,
        n=2,
        owner="w/2",
        network=LINKEDIN,
        tries=0,
        connected_at=now(),
        is_probe=False,
    )
    network = station.outside.networks[LINKEDIN]
    settle_attempt(session, attempted, outcome, network)
    session.commit()


@pytest.mark.parametrize("outcome", [BUSY, REFUSED])
def test_after_turning_off_during_the_second_sending_it_is_still_said(
    session, reader, sending, station, outcome
):
    reader.post("/consent/p1", data={"answer": "off"})
    settle_second(session, sending, outcome, station)

    page = reader.get("/shares")
    assert EARLIER in words(page)
    assert "so this was not posted" not in words(page)
    assert "Look on LinkedIn" in words(page)


def test_who_undoes_the_second_sending_does_not_read_that_nothing_was_sent(
    session, reader, keep
):
    share = keep(S.CANCELLED, reason=Reason.UNDONE)
    assert "Nothing was sent." in words(reader.get("/shares"))
    session.add(attempt_of(share.id, outcome=S.UNCERTAIN))
    session.commit()

    said = words(reader.get("/shares"))

    assert "Nothing was sent." not in said
    assert f"It was not sent again. {EARLIER}" in said


@pytest.mark.parametrize("state", [S.UNCERTAIN, S.CANCELLED])
def test_it_is_not_said_of_a_doubt_itself_nor_where_its_owner_looked(
    session, reader, keep, state
):
    reason = Reason.NO_ANSWER if state is S.UNCERTAIN else Reason.NOT_THERE
    share = keep(state, reason=reason)
    session.add(attempt_of(share.id, outcome=S.UNCERTAIN))
    session.commit()
    assert EARLIER not in words(reader.get("/shares"))


def test_a_second_doubt_is_one_doubt(session, reader, sending, station):
    settle_second(session, sending, doubt(), station)
    said = words(reader.get("/shares"))
    assert EARLIER not in said
    assert "We could not see whether LinkedIn took it" in said
