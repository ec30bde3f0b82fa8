"""What a person does with their shares: queue, copy, undo, change, answer. Nothing here commits.

What others set in motion (consent, items, accounts) is in `cascades.py`; posting in
`publishing.py`. All times are aware; `at` is the moment of the press.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.shares.models import Share
from advocacy.shares.wishes import ShareWish, Terms
from content.items import Item


class AlreadyShared(Exception):
    """The same item goes out on the same day already, in other words: `share`."""

    def __init__(self, share: Share) -> None:
        super().__init__(share.public_id)
        self.share = share


def queue_share(
    session: Session,
    person: Person,
    item: Item,
    wish: ShareWish,
    at: datetime,
    *,
    terms: Terms,
) -> Share:
    """Store the confirmed wish to post through the connected account.

    It leaves after the hold, or at the wished time. Pressed twice, the same wish gives the same
    share. Raises WishRefused (problems by field) or AlreadyShared (same day, other words).
    """
    raise NotImplementedError


def copy_share(
    session: Session, person: Person, item: Item, wish: ShareWish, at: datetime
) -> Share:
    """Store that the person takes this text along to paste it themselves (state copied).

    Needs no consent and no account. `drafting.text_to_paste` gives the text with its link.
    Raises WishRefused for text and item.
    """
    raise NotImplementedError


def tell_posted(
    session: Session, share: Share, address: str | None, at: datetime
) -> None:
    """Note "I posted it", with the post's address if given. Again: changes the address.

    Raises WishRefused for the address.
    """
    raise NotImplementedError


def undo(session: Session, share: Share, at: datetime) -> None:
    """Stop a share that has not been sent (hold, planned, waiting, missed).

    Raises TooLate when it is being sent or is over.
    """
    raise NotImplementedError


def take_off_list(session: Session, share: Share, at: datetime) -> None:
    """Forget a copied or told share. Raises TooLate in any other state."""
    raise NotImplementedError


def reschedule(
    session: Session,
    share: Share,
    person: Person,
    item: Item,
    wish: ShareWish,
    at: datetime,
    *,
    terms: Terms,
) -> None:
    """Replace words, picture, audience and time of a planned share: a new confirmation.

    Raises WishRefused, AlreadyShared (another share on the new day), TooLate.
    """
    raise NotImplementedError


def answer_uncertain(
    session: Session,
    share: Share,
    *,
    there: bool,
    at: datetime,
    address: str | None = None,
) -> None:
    """Settle a doubt: "It is there" (published_unverified) or "It is not there" (cancelled).

    To send it again the person confirms once more: `send_again`. Raises WishRefused (address),
    TooLate (no longer uncertain).
    """
    raise NotImplementedError


def send_again(
    session: Session,
    share: Share,
    person: Person,
    item: Item,
    at: datetime,
    *,
    terms: Terms,
) -> None:
    """Confirm the same text once more, with a new hold: for missed and uncertain shares.

    "It is not there, send again" for an uncertain one. Raises WishRefused, TooLate.
    """
    raise NotImplementedError
