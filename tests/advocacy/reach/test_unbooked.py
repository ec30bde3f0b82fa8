"""What came out and this database does not know of counts toward the year."""

from datetime import date

import pytest

from advocacy.reach.batches import Batch
from advocacy.reach.drafts import FOLDER, Draft, Drafts
from advocacy.reach.ledger import BudgetSpent, cost
from advocacy.reach.models import Metric
from advocacy.reach.release import release_batch
from advocacy.reach.tables import TABLES, YEARLY_LIMIT
from advocacy.reach.unbooked import cost_unbooked
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER, RELEASE, SeededCoin

BATCH = Batch("organisation", OCTOBER)
SEPTEMBER = date(2026, 9, 1)


def drawn_elsewhere(drafts, table, start, edition=2):
    """A draw that this database knows nothing of: it was put back."""
    sigmas = {measure.metric.value: measure.sigma for measure in TABLES[table].measures}
    drafts.keep(Batch(table, start, edition), Draft({}, sigmas, RELEASE))


def test_what_came_out_and_is_not_booked_counts_toward_the_year(
    session, twenty_shared, drafts
):
    measure = TABLES[BATCH.table].measure(Metric.SHARERS)
    most = int(YEARLY_LIMIT / cost(measure.sigma))
    for number in range(most - 1):
        drawn_elsewhere(drafts, BATCH.table, SEPTEMBER, 2 + number)
    drawn_elsewhere(drafts, "organisation", date(2025, 9, 1))  # another year
    drawn_elsewhere(drafts, "item", SEPTEMBER, 1)  # nothing on taking part
    with session.begin_nested() as fits:
        release_batch(session, BATCH, drafts, SeededCoin(1))
        fits.rollback()
    drawn_elsewhere(drafts, BATCH.table, SEPTEMBER, 2 + most)
    with pytest.raises(BudgetSpent):
        release_batch(session, BATCH, drafts, SeededCoin(1))


def test_what_is_booked_is_not_counted_a_second_time_for_its_file(
    session, twenty_shared, drafts
):
    with clock_at(RELEASE):
        release_batch(session, BATCH, drafts, SeededCoin(1))
    assert cost_unbooked(session, drafts, Batch("organisation", NOVEMBER)) == 0


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(tmp_path):
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    with pytest.raises(OSError, match=FOLDER):
        Drafts(tmp_path).kept_in(2026)
