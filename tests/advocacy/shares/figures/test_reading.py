"""LinkedIn's own figures: read for their owner, of the owner's posts."""

import pytest

from advocacy.accounts.queries import account_of
from advocacy.accounts.to_revoke import about_token
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES
from advocacy.shares.figures import figures_of
from advocacy.shares.reading_figures import read_figures
from integrations.clock import now
from tests.advocacy.shares.figures.reading import calls, let_read, outside_with, stored
from tests.advocacy.shares.making import VAULT, make_person

P2 = Purpose.READ_MY_FIGURES


@pytest.mark.parametrize("version", ["202601", "202609"])
def test_the_figures_come_in_both_shapes_of_answer(
    session, person, posted, station, sandbox, version
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside_with(station, sandbox, version=version))
    (figures,) = stored(session)
    assert figures.share_id == posted.id
    assert set(figures.counts) == {
        "shown",
        "reached",
        "reactions",
        "comments",
        "reshares",
    }
    assert figures.counts["shown"] > figures.counts["reached"] > 0
    assert figures.read_at is not None
    assert figures_of(session, person.id, now()).keys() == {posted.id}


def test_a_post_that_linkedin_has_no_figures_of_has_none_and_not_zero(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    for post in sandbox.memory.posts.values():
        post.deleted = True
    read_figures(person.id, outside)
    (figures,) = stored(session)
    assert figures.counts == {}
    assert figures.read_at is not None


def test_nothing_is_read_for_somebody_who_did_not_allow_it(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    withdraw(session, person, P2, "en", "pressed", now(), [])  # the account forgotten
    session.commit()
    read_figures(person.id, outside)
    assert stored(session) == []
    assert calls(session) == 0


def test_without_the_second_app_nothing_is_read(
    session, person, posted, station, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, station.outside)
    assert stored(session) == []


@pytest.mark.parametrize("new", [True, False])
def test_a_refused_token_asks_for_a_new_connection_unless_it_is_only_too_new(
    session, person, posted, outside, sandbox, new
):
    account = let_read(session, sandbox, person)
    if new:
        account.connected_at = now()
        session.commit()
    sandbox.revoke_all()
    read_figures(person.id, outside)
    session.refresh(account)
    assert (account.refused_at is None) is new
    # With a new one the next look asks again at once.
    assert len(stored(session)) == (0 if new else 1)
    assert account_of(session, person.id, LINKEDIN).refused_at is None


def test_another_members_account_reads_nothing_of_ones_posts(
    session, person, posted, outside, sandbox
):
    stranger = make_person(session)
    account = let_read(session, sandbox, stranger)
    account.person_id = person.id
    locked = VAULT.lock(
        sandbox.figures_access_for("Somebody Else").token,
        about_token(person.id, LINKEDIN_FIGURES),
    )
    account.token_locked = locked.data
    give(session, person, P2, "en", "a test", now())
    session.commit()
    read_figures(person.id, outside)
    (figures,) = stored(session)
    assert figures.counts == {}
    assert figures.read_at is None


def test_figures_of_others_are_not_ones_own(session, person, posted, outside, sandbox):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    assert figures_of(session, make_person(session).id, now()) == {}
