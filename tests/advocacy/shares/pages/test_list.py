"""My shares: what is on the list, in which order, and what comes off it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.shares.attempted import Attempted
from advocacy.shares.models import Share, ShareState, Way
from advocacy.shares.outcomes import posted
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from content.items import ItemState
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import attempt_of, state_of

S = ShareState


def test_an_empty_list_is_fine(reader):
    said = words(reader.get("/shares"))
    assert "Nothing here, and that is fine" in said
    assert "Nobody is told that this page is empty." in said


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
    attempt = attempt_of(share.id, outcome="not_sent")
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


@pytest.mark.parametrize(
    ("state", "reason"),
    [(S.FAILED, Reason.MEDIA_REFUSED), (S.CANCELLED, Reason.NOT_THERE)],
)
def test_what_was_tried_and_is_not_there_is_put_away_and_its_row_kept(
    reader, session, keep, state, reason
):
    share = keep(state, reason=reason)
    armed(session, share)
    where = f"/shares/{share.public_id}/take-off"
    assert where in reader.get("/shares").get_data(as_text=True)
    said = words(reader.post(where, follow_redirects=True))
    assert (
        "Should LinkedIn say later that it is there after all, it comes back." in said
    )
    assert "I was there." not in said
    assert state_of(session, share) is state
    assert "That had changed" not in said


def test_what_was_put_away_comes_back_when_it_is_there_after_all(
    reader, session, keep, station
):
    share = keep(S.CANCELLED, reason=Reason.NOT_THERE)
    session.add(attempt_of(share.id, outcome="uncertain"))
    session.commit()
    reader.post(f"/shares/{share.public_id}/take-off")
    attempted = Attempted(share.id, 1, "another-worker/1", "linkedin", 0, now())
    network = station.outside.networks["linkedin"]
    settle_attempt(session, attempted, posted("urn:li:share:1"), network)
    session.commit()
    assert "I was there." in words(reader.get("/shares"))


def test_a_long_text_is_cut_where_a_word_ends(reader, keep):
    keep(S.PUBLISHED, text="We hung  the\n\nline " * 40)
    said = words(reader.get("/shares"))
    assert "We hung the line We hung" in said
    assert re.search(r"(We|hung|the|line) …", said)


def test_a_post_in_doubt_shows_all_its_words_to_be_found_again_by(reader, keep):
    text = "First line.\n\n" + "We hung the line. " * 40 + "That was the last of it."
    keep(S.UNCERTAIN, reason=Reason.NO_ANSWER, text=text)
    page = reader.get("/shares")
    assert f'<p class="share-words">{text}</p>' in page.get_data(as_text=True)
    assert "LinkedIn gave no clear answer when we sent it." in words(page)


def test_write_again_is_offered_while_the_item_is_there(reader, keep, item, session):
    keep(S.CANCELLED, reason=Reason.UNDONE)
    assert "Write again" in words(reader.get("/shares"))
    item.state = ItemState.WITHDRAWN
    session.commit()
    assert "Write again" not in words(reader.get("/shares"))
