"""My shares are there for their owner alone."""

from datetime import timedelta

from advocacy.shares.models import ShareState
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_person

S = ShareState


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
