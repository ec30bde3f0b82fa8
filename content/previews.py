"""What a page says about itself, to begin a link item with."""

from dataclasses import dataclass
from urllib.parse import urljoin

from content.page_heads import decoded_page, page_head
from content.pictures import LARGEST_PICTURE
from integrations.errors import NotDone
from integrations.outgoing_http import AddressRefused, fetch_page

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 400


@dataclass(frozen=True)
class LinkCard:
    """A page in short. The picture is as it came: ask `check_picture` about it."""

    address: str  # where the redirects ended
    title: str
    description: str
    picture_bytes: bytes | None


def card_of(url: str, allowed: tuple[str, ...] = ()) -> LinkCard:
    """Read a page's card; AddressRefused or NotDone when the page cannot be had.

    A picture that cannot be had is left out: the card is complete without.
    """
    page = fetch_page(url, allowed)
    title, metas = page_head(decoded_page(page.body, page.content_type))

    def first(*names: str) -> str:
        return next((metas[name] for name in names if metas.get(name)), "")

    title = first("og:title", "twitter:title") or title
    about = first("og:description", "description", "twitter:description")
    picture = first("og:image:secure_url", "og:image", "og:image:url", "twitter:image")
    return LinkCard(
        address=page.address,
        title=_short(title, LONGEST_TITLE),
        description=_short(about, LONGEST_DESCRIPTION),
        picture_bytes=_picture(page.address, picture, allowed) if picture else None,
    )


def _short(text: str, longest: int) -> str:
    """One line, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;:.')}…"


def _picture(page: str, place: str, allowed: tuple[str, ...]) -> bytes | None:
    try:
        answer = fetch_page(urljoin(page, place), allowed, max_bytes=LARGEST_PICTURE)
    except (AddressRefused, NotDone, ValueError):  # urljoin's word for a broken one
        return None
    return None if answer.cut or not answer.body else answer.body
