"""The sample website moves when its port is taken; the sample links follow."""

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from advocacy.links.models import Link
from content.items import Item

# What every address of the sample website looks like, whatever its port.
SAMPLE = r"^http://127\.0\.0\.1:[0-9]+/website(?=/)"


def point_links_at(session: Session, website: str) -> None:
    """Let items and their tracked links lead to where the website is now."""
    address = Item.link_address
    outdated = select(Item.id).where(_is_sample(address), ~address.startswith(website))
    if session.scalar(outdated.limit(1)) is None:
        return
    session.execute(
        update(Item)
        .where(_is_sample(address))
        .values(link_address=_moved(address, website), updated_at=Item.updated_at)
    )
    session.execute(
        update(Link)
        .where(_is_sample(Link.target))
        .values(target=_moved(Link.target, website))
    )


def _is_sample(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
) -> ColumnElement[bool]:
    return column.regexp_match(SAMPLE)


def _moved(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    website: str,
) -> ColumnElement[str]:
    return func.regexp_replace(column, SAMPLE, website)
