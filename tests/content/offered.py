"""Items that are in the library, and what its list shows of them."""

from datetime import timedelta

from sqlalchemy.orm import Session

from content.drafts import ItemDraft
from content.items import Item, ItemKind, ItemState
from content.operations import draft_item
from content.queries import offered_items
from tests.content.making import AT


def offer(session: Session, title: str, **values: object) -> Item:
    """An item that has been offered for `days` days, one when not said."""
    days = values.pop("days", 1)
    given = {
        "kind": ItemKind.MESSAGE,
        "why": "Daarom.",
        "offered_at": AT - timedelta(days=float(str(days))),
    }
    draft = ItemDraft(title=title, **(given | values))  # type: ignore[arg-type]
    item = draft_item(session, draft)
    item.state = ItemState.PUBLISHED
    session.flush()
    return item


def titles(session: Session, **wish: object) -> list[str]:
    """What the library lists for such a wish, in its order."""
    found = offered_items(session, AT, **wish)  # type: ignore[arg-type]
    return [card.title for card in found.cards]
