"""Figures are gone with the purpose, and in time in any case."""

from datetime import timedelta

from advocacy.accounts.queries import account_of
from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES
from advocacy.shares.figures import LONGEST, figures_of
from advocacy.shares.own_tasks import forget_figures
from advocacy.shares.reading_figures import read_figures
from advocacy.withdrawal import withdrawal_cascade
from integrations.clock import clock_at, now
from tests.advocacy.shares.figures.reading import let_read, stored

P2 = Purpose.READ_MY_FIGURES


def test_turning_it_off_deletes_figures_and_key_in_the_same_transaction(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    assert len(stored(session)) == 1
    cascade = withdrawal_cascade(outside)
    withdraw(session, person, P2, "en", "pressed", now(), cascade)
    # Before anything is committed or any other process had a chance.
    assert stored(session) == []
    assert account_of(session, person.id, LINKEDIN_FIGURES) is None
    # Posting is another purpose.
    assert account_of(session, person.id, LINKEDIN) is not None


def test_turning_posting_off_leaves_the_figures(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    cascade = withdrawal_cascade(outside)
    withdraw(session, person, Purpose.POST_FOR_ME, "en", "pressed", now(), cascade)
    assert len(stored(session)) == 1
    assert account_of(session, person.id, LINKEDIN_FIGURES) is not None


def test_what_is_read_while_it_is_turned_off_is_not_stored(
    session, person, posted, outside, sandbox, monkeypatch
):
    let_read(session, sandbox, person)
    reader = outside.figure_readers[LINKEDIN]
    figures = reader.figures

    def slow(*given):
        found = figures(*given)
        cascade = withdrawal_cascade(outside)
        withdraw(session, person, P2, "en", "pressed", now(), cascade)
        session.commit()
        return found

    monkeypatch.setattr(reader, "figures", slow)
    read_figures(person.id, outside)
    assert stored(session) == []


def test_nothing_is_kept_for_48_hours_though_the_clock_comes_once_an_hour(
    session, person, posted, outside, sandbox
):
    let_read(session, sandbox, person)
    read_figures(person.id, outside)
    read_at = stored(session)[0].read_at
    forget_at(read_at + LONGEST - timedelta(hours=3))
    assert len(stored(session)) == 1
    assert figures_of(session, person.id, read_at + LONGEST) == {}
    # The last run of the clock before 48 hours are over.
    forget_at(read_at + LONGEST - timedelta(hours=1))
    assert stored(session) == []


def forget_at(moment):
    """What the clock asks for every hour."""
    with clock_at(moment):
        forget_figures()
