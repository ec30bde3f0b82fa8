"""From batches of visits to counts of days, each batch once.

A batch is taken out, its number is written down and its visits are counted in one
statement: whoever is killed has done all of it or nothing. A batch may come a second time,
from a writer that heard no answer or from the disk; its number is known then.
"""

from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.links.batches import NOBODYS, CountedBatch, VisitBatch

MOST_TOGETHER = 2_000
# How many counts later a number is forgotten: at one in ten seconds, a week. A process
# that finds neither database nor disk may hold a batch that was stored, and come with it
# when it finds either again.
GENERATIONS = 7 * 24 * 360

# Visits to frozen or forgotten links fall out here, whatever a process still believes of
# them; FOR SHARE lets a withdrawal wait for a count under way, and the order keeps two of
# them from locking each other.
COUNT_BATCHES = text(
    rf"""
    WITH taken AS (
        DELETE FROM visit_batch WHERE id IN (
            SELECT id FROM visit_batch LIMIT :most FOR UPDATE SKIP LOCKED
        ) RETURNING id, visits
    ), new AS (
        INSERT INTO counted_batch (id, generation) SELECT id, :generation FROM taken
        ON CONFLICT DO NOTHING RETURNING id
    ), line AS (
        SELECT string_to_array(one, ' ') AS part
        FROM taken JOIN new ON new.id = taken.id,
            string_to_table(taken.visits, E'\n') AS one
    ), seen AS (
        SELECT part[1] AS code, CAST(part[2] AS date) AS day, part[3] AS outcome,
            sum(CAST(part[4] AS int)) AS visits
        FROM line GROUP BY code, day, outcome
    ), lost AS (
        INSERT INTO visit_loss (day, reason, visits)
        SELECT day, outcome, visits FROM seen WHERE code = '{NOBODYS}'
        ORDER BY day, outcome
        ON CONFLICT (day, reason)
        DO UPDATE SET visits = visit_loss.visits + excluded.visits
    ), counted AS (
        INSERT INTO click_day (code, day, outcome, visits)
        SELECT counting.code, seen.day, seen.outcome, seen.visits
        FROM seen JOIN link AS counting ON counting.code = seen.code
        WHERE NOT counting.frozen
        ORDER BY counting.code, seen.day, seen.outcome
        FOR SHARE OF counting
        ON CONFLICT (code, day, outcome)
        DO UPDATE SET visits = click_day.visits + excluded.visits
    )
    SELECT count(*) FROM taken
    """  # noqa: S608 – a constant of our own
)


def next_generation(session: Session) -> int:
    """Of the batches that are counted from now on."""
    last = select(func.coalesce(func.max(CountedBatch.generation), 0))
    return session.scalars(last).one() + 1


def count_batches(session: Session, generation: int, most: int = MOST_TOGETHER) -> bool:
    """Count some of the batches that nobody else is counting; whether there may be more.

    Visits to links that are frozen or gone by now are left out.
    """
    taken = session.scalar(COUNT_BATCHES, {"generation": generation, "most": most})
    return taken == most


def add_batch(session: Session, batch_id: UUID, visits: str) -> None:
    """Put a batch with the others, unless it is there; `visits` as `text_of` writes it."""
    new = insert(VisitBatch).values(id=batch_id, visits=visits)
    session.execute(new.on_conflict_do_nothing())


def forget_numbers(session: Session, generation: int) -> None:
    """Of batches that were counted long before. Only while none waits on the disk."""
    old = CountedBatch.generation <= generation - GENERATIONS
    session.execute(delete(CountedBatch).where(old))
