"""A share for Mastodon, within what that network takes."""

from dataclasses import replace
from datetime import timedelta

from advocacy.outside import MASTODON
from advocacy.shares.operations import queue_share
from advocacy.shares.wishes import ShareWish
from integrations.clock import now
from tests.advocacy.shares.making import TERMS


def queue_there(session, station, person, item, text="I was there."):
    """A share whose hold is over."""
    before = now() - timedelta(seconds=TERMS.hold_seconds + 1)
    network = station.outside.networks[MASTODON]
    terms = replace(
        TERMS,
        length=network.length,
        longest_text=network.longest_text,
        link_in_text=network.link_in_text,
    )
    wish = ShareWish(text, network=MASTODON)
    share = queue_share(session, person, item, wish, before, terms=terms)
    session.commit()
    return share
