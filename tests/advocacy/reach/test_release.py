"""A window is released once, with noise, and for good."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
import structlog
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DBAPIError

from advocacy.links.retention import DAYS_KEPT, fold_days
from advocacy.people.models import Person
from advocacy.reach import chain
from advocacy.reach.batches import Batch, NotReleasable
from advocacy.reach.ledger import BudgetSpent, book, spent
from advocacy.reach.models import LedgerEntry, Metric, ReleasedFigure
from advocacy.reach.opening import open_due
from advocacy.reach.queries import figures
from advocacy.reach.release import release_batch
from advocacy.reach.tables import TABLES, YEARLY_LIMIT, Rhythm
from advocacy.reach.windows import window_of
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import (
    NOVEMBER,
    OCTOBER,
    READING,
    RELEASE,
    SeededCoin,
)

TABLE = TABLES["organisation"]
SHARERS = TABLE.measure(Metric.SHARERS)


def rows(session):
    columns = ReleasedFigure.__table__.columns
    return session.execute(select(*columns).order_by(ReleasedFigure.id)).all()


def shown(session):
    return figures(session, READING, ["organisation"])


@pytest.fixture
def october(session, world):
    world.colleagues(250)
    people = [world.person() for _ in range(60)]
    open_due(session, OCTOBER)
    for person in people[:40]:
        world.share(person)
        world.visits(person, 12)
    return people


def test_both_figures_come_out_with_their_margin_heads_and_version(
    session, october, at_release
):
    release_batch(session, Batch("organisation", OCTOBER), randomness=SeededCoin(1))
    figures = session.scalars(select(ReleasedFigure).order_by(ReleasedFigure.id)).all()
    assert [(f.metric, f.margin, f.heads) for f in figures] == [
        (Metric.SHARERS, 12, 310),
        (Metric.CLICKS, 160, 310),
    ]
    for figure in figures:
        assert (figure.window_start, figure.window_end) == (OCTOBER, NOVEMBER)
        assert (figure.table, figure.group) == ("organisation", "organisation")
        assert (figure.method_version, figure.released_at) == (2, RELEASE)
    sharers, clicks = (figure.noisy for figure in figures)
    assert abs(sharers - 40) <= 5 * 6
    assert abs(clicks - 480) <= 5 * 80


def test_the_noise_differs_with_the_coin_and_not_with_what_is_counted(
    session, october, world, at_release
):
    def noisy(seed):
        savepoint = session.begin_nested()
        release_batch(
            session, Batch("organisation", OCTOBER), randomness=SeededCoin(seed)
        )
        values = [row.noisy for row in rows(session)]
        savepoint.rollback()
        return values

    worlds = {seed: noisy(seed) for seed in range(6)}
    assert len({tuple(values) for values in worlds.values()}) == 6
    world.share(october[50])
    world.visits(october[50], 1000)
    for seed, (sharers, clicks) in worlds.items():
        assert noisy(seed) == [sharers + 1, clicks + 40]


def test_a_sum_of_nothing_gets_noise_too(session, world, at_release):
    world.colleagues(200)
    open_due(session, OCTOBER)
    release_batch(session, Batch("organisation", OCTOBER), randomness=SeededCoin(3))
    assert all(row.noisy != 0 for row in rows(session))


def test_a_second_release_is_refused_and_changes_nothing(session, october, at_release):
    release_batch(session, Batch("organisation", OCTOBER))
    before = rows(session)
    with pytest.raises(NotReleasable):
        release_batch(session, Batch("organisation", OCTOBER))
    assert rows(session) == before
    assert session.scalar(select(func.count()).select_from(LedgerEntry)) == 2


def test_nothing_is_replaced_once_its_first_days_are_not_kept_by_the_day(
    session, october, at_release
):
    """A sum of the visits that are left would be too small, and for good."""
    release_batch(session, Batch("organisation", OCTOBER))
    late = datetime(2026, 10, 1, 9, tzinfo=UTC) + DAYS_KEPT + timedelta(days=1)
    with clock_at(late), pytest.raises(NotReleasable, match="by the day any more"):
        release_batch(session, Batch("organisation", OCTOBER, 2))
    with clock_at(late - timedelta(days=1)):
        release_batch(session, Batch("organisation", OCTOBER, 2))


@pytest.mark.parametrize("after_a_stop", [True, False])
def test_what_comes_late_comes_only_while_all_its_days_are_there(
    session, world, october, after_a_stop
):
    """After a long stop they are, as nothing put days together; else some are missing."""
    world.visits(october[0], 3, OCTOBER - timedelta(days=1))
    late = datetime(2026, 10, 10, 9, tzinfo=UTC) + DAYS_KEPT
    if not after_a_stop:
        fold_days(session, late.date())
    with clock_at(late):
        if after_a_stop:
            assert release_batch(session, Batch("organisation", OCTOBER))
        else:
            with pytest.raises(NotReleasable, match="by the day any more"):
                release_batch(session, Batch("organisation", OCTOBER))


def test_a_window_that_was_never_opened_cannot_be_released(session, at_release):
    with pytest.raises(NotReleasable):
        release_batch(session, Batch("organisation", OCTOBER))


@pytest.mark.parametrize("early", [timedelta(seconds=1), timedelta(days=10)])
def test_nothing_comes_out_before_the_hour_of_release(session, october, early):
    with clock_at(RELEASE - early), pytest.raises(NotReleasable):
        release_batch(session, Batch("organisation", OCTOBER))
    assert rows(session) == []


def test_late_visits_withdrawal_and_erasure_change_nothing_released(
    session, october, world, at_release
):
    """A10: the same bytes afterwards, and no second run."""
    release_batch(session, Batch("organisation", OCTOBER))
    before, seen = rows(session), shown(session)
    world.visits(october[0], 500)
    world.turn_off(october[1], RELEASE)
    session.execute(delete(Person).where(Person.id.in_([p.id for p in october[2:9]])))
    with pytest.raises(NotReleasable):
        release_batch(session, Batch("organisation", OCTOBER))
    assert rows(session) == before
    assert shown(session) == seen
    assert len(seen) == 2


def test_reading_a_thousand_times_gives_one_value(session, october, at_release):
    """A5: figures are stored, so averaging wins nothing."""
    release_batch(session, Batch("organisation", OCTOBER))
    assert len({repr(shown(session)) for _ in range(1000)}) == 1


@pytest.mark.parametrize("table", ["released_figure", "ledger_entry"])
@pytest.mark.parametrize(
    "change",
    ["UPDATE {} SET window_start = DATE '2020-01-01'", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_the_database_itself_refuses_to_change_what_was_released(
    session, october, at_release, table, change
):
    release_batch(session, Batch("organisation", OCTOBER))
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(change.format(table)))
    assert len(rows(session)) == 2


def test_figures_form_a_chain_in_which_a_change_shows(session, october, at_release):
    release_batch(session, Batch("organisation", OCTOBER))
    open_due(session, NOVEMBER)
    with clock_at(RELEASE + timedelta(days=30)):
        release_batch(session, Batch("organisation", NOVEMBER))
    assert chain.is_whole(session, ReleasedFigure)
    assert rows(session)[0].previous_hash == chain.BEGINNING
    for name, value in [
        ("noisy", 10**6),
        ("heads", 1),
        ("margin", 0),
        ("own_hash", "x"),
    ]:
        savepoint = session.begin_nested()
        figure = session.scalars(select(ReleasedFigure)).first()
        session.execute(text("ALTER TABLE released_figure DISABLE TRIGGER USER"))
        setattr(figure, name, value)
        session.flush()
        session.expire_all()
        assert not chain.is_whole(session, ReleasedFigure), name
        savepoint.rollback()
    assert chain.is_whole(session, ReleasedFigure)


def test_the_exact_sum_is_told_to_nobody(session, october, at_release, caplog, capfd):
    caplog.set_level("DEBUG")
    with structlog.testing.capture_logs() as logs:
        figures = release_batch(
            session, Batch("organisation", OCTOBER), randomness=SeededCoin(1)
        )
    told = capfd.readouterr()
    assert "480" not in caplog.text + told.out + told.err + repr(logs)
    stored = repr([vars(figure) for figure in figures])
    assert "480" not in stored


def test_a_year_of_months_fits_the_ledger_and_one_release_more_does_not(session):
    """A2, last part: the ledger refuses one release more than planned."""
    for month in range(1, 13):
        book(session, TABLE, SHARERS, window_of(Rhythm.MONTH, date(2026, month, 1)))
    assert spent(session, 2026) == Fraction(12, 36)
    small = TABLES["organisation-small"]
    quarters = [window_of(Rhythm.QUARTER, date(2026, month, 1)) for month in (1, 4, 7)]
    for quarter in quarters[:2]:
        book(session, small, small.measure(Metric.SHARERS), quarter)
    assert spent(session, 2026) <= YEARLY_LIMIT
    with pytest.raises(BudgetSpent):
        book(session, small, small.measure(Metric.SHARERS), quarters[2])
    assert spent(session, 2027) == 0


def test_without_budget_nothing_is_released_and_nothing_is_booked(
    session, october, at_release
):
    for n in range(6):
        entry = {"table": f"test-{n}", "metric": Metric.SHARERS, "sigma": 3}
        session.add(LedgerEntry(year=2026, window_start=OCTOBER, **entry))
    session.flush()
    savepoint = session.begin_nested()
    with pytest.raises(BudgetSpent):
        release_batch(session, Batch("organisation", OCTOBER))
    savepoint.rollback()
    assert rows(session) == []
    assert session.scalar(select(func.count()).select_from(LedgerEntry)) == 6


def test_figures_of_visits_do_not_eat_into_the_limit(session):
    clicks = TABLE.measure(Metric.CLICKS)
    book(session, TABLE, clicks, window_of(Rhythm.MONTH, OCTOBER))
    assert spent(session, 2026) == 0
