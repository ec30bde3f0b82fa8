"""What several pages about shares have in common."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.hooks import Holdup, PostLeft
from advocacy.outside import LINKEDIN
from advocacy.shares.carried_media import media_of, shown_media
from advocacy.shares.checking import LONGEST_CODE
from advocacy.shares.drafting import (
    link_address,
    shows_card,
    text_to_post,
    with_link,
)
from advocacy.shares.holdups import holdups
from advocacy.shares.models import Share
from advocacy.shares.named import known_mentions
from advocacy.shares.schedule import Due, Note
from advocacy.shares.wishes import Terms, terms
from advocacy.web.formats import time, weekday_and_span, weekday_and_time
from advocacy.web.runtime import runtime
from content.items import Item, ItemKind
from integrations.clock import now
from integrations.database import transaction
from integrations.network import Mention


def our_terms() -> Terms:
    """What sharing needs of settings, network and list of organisations.

    Not inside a transaction: it opens one of its own.
    """
    parts = runtime()
    with transaction() as session:
        mentions = known_mentions(session, LINKEDIN)
    return terms(parts.settings, parts.outside.networks[LINKEDIN], mentions)


def post_of(share: Share) -> dict[str, Any]:
    """What a page shows of a stored share's post.

    Not inside a transaction: it opens some of its own.
    """
    terms = our_terms()
    return {
        "shown": media_of(share, share.item, share.item.media, terms.most_pictures),
        "card": shows_card(share.item),
        "mentions": terms.mentions,
        "holdup": holdup_for(share),
    }


def holdup_for(share: Share) -> Holdup | None:
    """What keeps a share from leaving now.

    Not inside a transaction: it opens one of its own.
    """
    name, networks = share.network, runtime().outside.networks
    with transaction() as session:
        return holdups(session, share.person_id, [name], networks, now()).get(name)


def pictures_left_out(item: Item, terms: Terms) -> str:
    """What must be said where a post has no room for all pictures of an item."""
    shown, most = shown_media(item, item.media), terms.most_pictures
    if item.kind is not ItemKind.PICTURES or len(shown) <= most:
        return ""
    return ngettext(
        "A post there takes %(num)s picture: the first of %(all)s goes along.",
        "A post there takes %(num)s pictures: the first %(num)s of %(all)s go along.",
        most,
        all=len(shown),
    )


def activity(share: Share | PostLeft) -> str:
    """Where its owner sees their own latest posts; empty where that is not set up."""
    network = runtime().outside.networks.get(share.network)
    return network.activity_address() if network else ""


def page_of(mention: Mention) -> str:
    """Where a mention leads."""
    return f"{runtime().settings.linkedin_site_base}/company/{mention.id}"


def whole_text(item: Item, text: str) -> str:
    """A text as it leaves, before its link has a code."""
    known = bool(item.link_address)
    address = link_address(runtime().settings.base_url, "…") if known else None
    return text_to_post(item, text, address)


def too_much(text: str, terms: Terms, *, linked: bool) -> int:
    """By how much a text exceeds what the network takes; its link counts at its longest."""
    text = text.strip()
    address = link_address(terms.base_url, LONGEST_CODE) if linked and text else None
    return terms.length(with_link(text, address)) - terms.longest_text


def time_note(due: Due, wall_time: str) -> str:
    """What must be said about a time: the clock skips or repeats it, or the connection
    ends before it.
    """
    ends = _(
        "Your connection with LinkedIn ends before that time. You can plan it all the"
        " same: it waits until you have connected again."
    )
    notes = [_clock_note(due, wall_time), ends if due.beyond_access else ""]
    return " ".join(note for note in notes if note)


def _clock_note(due: Due, wall_time: str) -> str:
    wished = wall_time[11:16]
    if due.note is Note.MOVED:
        return _(
            "The clock skips %(wished)s that day. It leaves at %(time)s instead.",
            wished=wished,
            time=time(due.at),
        )
    if due.note is Note.FIRST:
        return _(
            "The clock shows %(wished)s twice that day. It leaves the first time.",
            wished=wished,
        )
    return ""


def taken() -> str:
    """Another share goes out on the day that was asked for; here it stays at one."""
    return _(
        "We post about a story once a day for you, and you have one on that day already."
        " Undo, change or delete that one under My shares first, choose another day, or"
        " post this one yourself."
    )


def taken_but_for_more() -> str:
    """The same above the button that allows one more; its name stands in the sentence."""
    return _(
        "We post about a story once a day for you, and you have one on that day already."
        " To have both, press “%(button)s” below. Or undo, change or delete the other one"
        " under My shares, choose another day, or post this one yourself.",
        button=_("Post this one as well"),
    )


def planned_time(share: Share) -> str:
    """When a share leaves: a moment, or between two where posts are spread."""
    spread = runtime().settings.spread_minutes
    if not share.wall_time or not spread:
        return weekday_and_time(share.due_at)
    last = share.due_at + timedelta(minutes=spread)
    return weekday_and_span(share.due_at, last)


def host(address: str | None) -> str:
    """The part of an address that people recognise; empty while it is none yet."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:  # "http://[", half typed
        return ""
