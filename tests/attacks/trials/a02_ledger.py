"""A2, last part: the ledger books a whole year, and refuses one release more."""

from datetime import date

from advocacy.reach.attack_said import said
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.ledger import BudgetSpent, NotBooked, book, spent
from advocacy.reach.models import Metric
from advocacy.reach.tables import YEARLY_LIMIT, Size
from tests.attacks.averaging import REACHES, TIMES, averaged
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.stage import Stage, stage
from tests.attacks.world import YEAR, figures_of_a_year

HEADS = {Size.SMALL: 100, Size.MEDIUM: 800, Size.LARGE: 5_000}


def findings(lengths: Lengths) -> list[Finding]:
    return [_of_a_year(size, lengths) for size in Size]


def _of_a_year(size: Size, lengths: Lengths) -> Finding:
    figures = [
        (table, measure, window)
        for table, window in figures_of_a_year(size)
        for measure in table.measures
        if measure.metric is Metric.SHARERS
    ]
    with stage() as world:
        with world.session() as session:
            for month in (1, 4, 7, 10):
                start = date(YEAR, month, 1)
                row = QuarterSize(start=start, size=size, heads=HEADS[size])
                session.add(row)
            session.flush()
            for table, measure, window in figures:
                book(session, table, measure, window)
        booked = sum(_is_booked(world, *figure) for figure in figures)
        replaced = _replaced(world, figures)
        with world.session() as session:
            cost = spent(session, YEAR)
    least = min((measure for _, measure, _ in figures), key=lambda one: one.sigma)
    naive = averaged(least, lengths.coin("A2", size))  # what a ledger is there against
    return Finding(
        attack="A2",
        what=said("booked", size=said(size), figures=len(figures)),
        naive=said("drawn again", times=TIMES, right=f"{naive:.3f}"),
        succeeds=naive >= REACHES,
        reached=said(
            "booked again",
            booked=booked,
            replaced=replaced,
            cost=f"{float(cost):.3f}",
            limit=f"{float(YEARLY_LIMIT):.2f}",
        ),
        bound=0,
        withstood=booked == 0 and cost <= YEARLY_LIMIT and replaced < len(figures),
    )


def _is_booked(world: Stage, table, measure, window, edition: int = 1) -> bool:
    """Whether it would be; nothing is stored."""
    try:
        with world.session() as session:
            book(session, table, measure, window, edition)
    except NotBooked:
        return False
    return True


def _replaced(world: Stage, figures) -> int:
    """How many second editions fit into the year before the limit ends it."""
    done = 0
    for table, measure, window in figures:
        try:
            with world.session() as session:
                book(session, table, measure, window, 2)
        except BudgetSpent:
            break
        done += 1
    return done
