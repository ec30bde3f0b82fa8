"""The ledger and the seals in words: what was spent, each booking, and whether all is whole."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from advocacy.people.roles import Role
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.ledger import book
from advocacy.reach.ledger_queries import figures_unpaid
from advocacy.reach.models import Metric
from advocacy.reach.tables import ITEM_DAYS, TABLES
from advocacy.reach.windows import item_window, window_of
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import OCTOBER, READING
from tests.advocacy.reach.figure_rows import months
from tests.advocacy.reach.reading import cells, main_of, text_of
from tests.advocacy.signing_in import signed_in

MONTHLY = TABLES["organisation"]
PAGES = ["/reach/ledger", "/reach/ledger/2026"]
pytestmark = pytest.mark.usefixtures("at_reading")


def pay(session, start, *metrics, at=datetime(2026, 11, 1, 6, tzinfo=UTC)):
    with clock_at(at):
        for metric in metrics:
            measure = MONTHLY.measure(metric)
            book(session, MONTHLY, measure, window_of(MONTHLY.rhythm, start))
    session.commit()


@pytest.fixture
def auditor(client, session, world):
    person = world.person(on=None)
    person.role_names = [Role.AUDITOR.value]
    signed_in(client, session, person)
    return client


def test_what_was_spent_is_said_with_its_meter_and_its_worth(reader, session):
    for start in months(9):
        pay(session, start, Metric.SHARERS, Metric.CLICKS)
    page = reader.get("/reach/ledger")
    assert "Spent: 0.250 of 0.60." in text_of(page)
    assert '<meter min="0" max="0.6" value="0.25"' in page.text
    assert "at most 59.9 times in 100" in text_of(page)
    assert "All 18 bookings of 2026" in text_of(page)


def test_each_booking_is_a_row_that_adds_up(reader, session):
    for start in months(2):
        pay(session, start, Metric.SHARERS, Metric.CLICKS)
    rows = cells(reader.get("/reach/ledger/2026"))
    month = "The whole organisation, month"
    shared = f"{month}: colleagues who shared something"
    assert rows[:2] == [
        ["September 2026", shared, "6", "0.0278", "0.0278", "1 November 2026"],
        ["October 2026", shared, "6", "0.0278", "0.0556", "1 November 2026"],
    ]
    assert rows[2][2:] == ["40", "80", "1 November 2026"]


def test_costs_have_all_their_places_and_in_dutch_a_comma(reader, session):
    for start in months(9):
        pay(session, start, Metric.SHARERS)
    dutch = {"Accept-Language": "nl"}
    said = text_of(reader.get("/reach/ledger", headers=dutch))
    assert "0,250 van 0,60" in said
    assert "59,9 van de 100" in said
    rows = cells(reader.get("/reach/ledger/2026", headers=dutch))
    assert rows[-1][3:] == ["0,0278", "0,2500", "1 november 2026"]


def test_a_booking_of_an_item_says_from_when_on(reader, session):
    session.merge(QuarterSize(start=date(2026, 7, 1), size="medium", heads=620))
    with clock_at(datetime(2026, 10, 1, 6, tzinfo=UTC)):
        measure = TABLES["item"].measure(Metric.SHARES)
        book(session, TABLES["item"], measure, item_window(date(2026, 9, 3)))
    session.commit()
    row = cells(reader.get("/reach/ledger/2026"))[0]
    assert row[0] == f"{ITEM_DAYS} days from 3 September 2026"


def test_a_year_without_bookings_has_no_page_and_no_spending(reader):
    assert "Nothing has been booked yet." in text_of(reader.get("/reach/ledger"))
    for year in (2026, 1, 2**31 - 1):
        assert reader.get(f"/reach/ledger/{year}").status_code == 404
    assert reader.get(f"/reach/ledger/{2**40}").status_code == 404


def test_bookings_appear_at_the_opening_and_not_when_the_job_runs(reader, session):
    pay(
        session,
        date(2026, 9, 1),
        Metric.SHARERS,
        at=datetime(2026, 10, 1, 6, tzinfo=UTC),
    )

    def at(hour):
        with clock_at(READING.replace(hour=hour)):
            return [main_of(reader.get(address)) for address in PAGES]

    before = at(5)
    pay(session, OCTOBER, Metric.SHARERS, at=READING.replace(hour=6))
    assert at(6) == before
    assert at(7) != before


@pytest.mark.parametrize("address", PAGES)
def test_everybody_reads_the_same_ledger(client, session, world, address):
    pay(session, OCTOBER, Metric.SHARERS)
    seen = set()
    for role in (None, Role.MANAGER):
        person = world.person(on=None)
        person.role_names = [role.value] if role else []
        signed_in(client, session, person)
        answer = client.get(address)
        assert answer.status_code == 200
        seen.add(main_of(answer))
    assert len(seen) == 1


def test_whole_chains_are_said_to_be_whole(auditor, session, shelf):
    pay(session, OCTOBER, Metric.SHARERS)
    row = shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80)
    session.commit()
    page = auditor.get("/reach/seals")
    assert "Everything is as it was stored" in text_of(page)
    assert cells(page)[0] == [
        "Released figures",
        "As they were stored",
        "1",
        row.own_hash,
    ]
    assert "Every figure was booked" in text_of(page)


def test_seals_of_what_is_not_shown_yet_are_checked_and_not_named(
    auditor, session, shelf
):
    shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80)
    session.execute(text("ALTER TABLE released_figure DISABLE TRIGGER USER"))
    session.execute(
        text("UPDATE released_figure SET released_at = '2026-11-01 08:00Z'")
    )
    session.commit()
    page = auditor.get("/reach/seals")
    assert cells(page)[0][2:] == ["0", "none yet"]
    assert "1 November 2026 at 08:00: what came later joins them" in text_of(page)


def test_a_changed_figure_and_one_that_was_never_booked_are_found(
    auditor, session, shelf
):
    shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80)
    session.execute(text("ALTER TABLE released_figure DISABLE TRIGGER USER"))
    session.execute(text("UPDATE released_figure SET shown = 85"))
    session.commit()
    assert figures_unpaid(session) == 1
    said = text_of(auditor.get("/reach/seals"))
    assert "Something is not as it was stored." in said
    assert "Changed, or one is missing" in said
    assert "One figure was never booked" in said


def test_seals_are_checked_for_the_auditor_alone(reader):
    assert reader.get("/reach/seals").status_code == 404
    assert "Seals" not in text_of(reader.get("/reach/ledger"))
