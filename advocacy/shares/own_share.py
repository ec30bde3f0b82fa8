"""Finding the share an address names: one's own, or nothing."""

from sqlalchemy.orm import Session

from advocacy.errors import NotFound
from advocacy.people.access import signed_in_person
from advocacy.shares.models import Share
from advocacy.shares.queries import share_of


def own_share(session: Session, public_id: str) -> Share:
    """The signed-in person's share; for anybody else's there is no page either."""
    # No text in PostgreSQL holds a NUL; asking for one is a mistake, not a failure.
    public_id = public_id.replace("\0", "")
    share = share_of(session, signed_in_person().id, public_id)
    if share is None:
        raise NotFound
    return share
