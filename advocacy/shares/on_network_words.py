"""A post that is on its network, in words, with what can be done about it."""

from dataclasses import replace

from flask_babel import gettext as _

from advocacy.outside import network_name
from advocacy.shares import reason_words as why
from advocacy.shares.deleting import deletable_id, wants_deleting
from advocacy.shares.late_deleting import TRIED_FOR
from advocacy.shares.models import Share, ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.rows import Action, Group, Row
from advocacy.web.formats import weekday_and_time
from integrations.clock import now

A = Action


def on_network(share: Share, *, deletable: bool) -> Row:
    """What to say about it; `deletable` where we hold a key that deletes it there."""
    if share.state is ShareState.PUBLISHED_UNVERIFIED:
        return _unverified(share, deletable)
    return _published(share, deletable)


def _published(share: Share, deletable: bool) -> Row:  # noqa: FBT001 – as the page asks
    when = weekday_and_time(share.posted_at or share.changed_at)
    words = _("Posted on %(day)s", day=when)
    said = why.BEING_DELETED if _being_deleted(share) else why.LIVE
    more = why.sentence(said, share)
    find = A.OPEN if share.post_address else A.ACTIVITY
    known = deletable_id(share) is not None
    actions = (find, A.DELETE) if known and deletable else (find,)
    # The sentence about a withdrawal on the wire says it already.
    if known and not deletable and share.reason != Reason.CONSENT_TOO_LATE:
        more = f"{more} {_by_hand(share)}".strip()
    return Row(share, Group.POSTED, "circle-check", words, actions, "good", more=more)


def _by_hand(share: Share) -> str:
    network = network_name(share.network)
    return _(
        "To delete it, open it on %(network)s and delete it there.", network=network
    )


def _being_deleted(share: Share) -> bool:
    posted, known = share.posted_at, share.post_id is not None
    lately = posted is not None and posted > now() - TRIED_FOR
    return share.take_off_again and lately and known


def _unverified(share: Share, deletable: bool) -> Row:  # noqa: FBT001 – as above
    told = _published(share, deletable)
    missing = () if share.post_address else (A.ADDRESS,)
    told = replace(told, actions=(*told.actions, *missing))
    if not wants_deleting(share):
        return told
    cause = why.sentence(why.IN_DOUBT, share) or why.sentence(why.LIVE, share)
    return replace(told, more=f"{cause} {_wish(share, deletable)}".strip())


def _wish(share: Share, deletable: bool) -> str:  # noqa: FBT001 – as above
    network = network_name(share.network)
    if not deletable:
        return _("You wanted it deleted. Do so on %(network)s.", network=network)
    if deletable_id(share):
        return _("You wanted it deleted, and can do so now.")
    return _(
        "You wanted it deleted. Do so on %(network)s, or add its address and delete"
        " it from here.",
        network=network,
    )
