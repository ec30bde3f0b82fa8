"""Which groups are one's own: those one's unit is in, and the larger ones above them."""

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.models import HeadCount
from advocacy.reach.tables import ORGANISATION
from advocacy.reach.unit_tree import NO_UNIT


def own_groups(session: Session, unit_id: int | None) -> frozenset[str]:
    """The keys of all that ever held this unit, without the organisation; one statement.

    An employee and their manager get the same, as what is safe for the one is safe for
    the other (privacy.md 1.6).
    """
    own = select(ReleaseGroup.key).where(
        ReleaseGroup.unit_ids.contains([NO_UNIT if unit_id is None else unit_id])
    )
    above = select(HeadCount.group).where(
        HeadCount.part_keys.overlap(func.array(own.scalar_subquery()))
    )
    keys = session.scalars(union(own, above)).all()
    return frozenset(keys) - {ORGANISATION}
