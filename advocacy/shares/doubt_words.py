"""A post that may be on its network, in words, with what can be done about it."""

from dataclasses import replace

from flask_babel import gettext as _

from advocacy.outside import LINKEDIN, network_name
from advocacy.shares import reason_words as why
from advocacy.shares.models import Share
from advocacy.shares.reasons import Reason
from advocacy.shares.rows import Action, Circumstances, Group, Row

A = Action


def in_doubt(share: Share, around: Circumstances) -> Row:
    """What is known of it, what becomes of it, and what its owner can tell us."""
    cause = why.sentence(why.IN_DOUBT, share)
    network = network_name(share.network)
    advice = _(
        "We will not send it again by ourselves. Please look on %(network)s and tell"
        " us.",
        network=network,
    )
    hint = _(
        "LinkedIn has fetched the link in it, as it does with posts that are there."
    )
    # No proof, so it moves nothing; `links.queries.seen_by_linkedin` says why.
    seen = share.network == LINKEDIN and share.link_code in around.seen
    told = (cause, hint if seen else "", _wish(share), advice)
    return Row(
        share,
        Group.LOOK,
        "circle-question-mark",
        _("We could not see whether %(network)s took it", network=network),
        (A.ACTIVITY, A.THERE, A.NOT_THERE),
        "unsure",
        "unsure",
        more=" ".join(sentence for sentence in told if sentence),
    )


def with_earlier_doubt(told: Row) -> Row:
    """What did not leave the last time, and may be there from an earlier one."""
    network = network_name(told.share.network)
    earlier = _(
        "We could not see whether an earlier try arrived: it may be on %(network)s.",
        network=network,
    )
    more = f"{_not_again(told)} {earlier}".strip()
    return replace(told, more=more, actions=(A.ACTIVITY, *told.actions))


def _not_again(told: Row) -> str:
    """Why the last one did not leave, without saying that none did."""
    if told.share.reason == Reason.UNDONE:
        return _("It was not sent again.")
    if told.share.reason == Reason.CONSENT:
        return _("You turned “Post for me” off, so it was not sent again.")
    return told.more


def _wish(share: Share) -> str:
    """What becomes of it should it be there: after a withdrawal the key goes unused."""
    if share.reason == Reason.CONSENT_TOO_LATE:
        return _(
            "We can no longer delete it: if it is there and should not be, delete it on"
            " %(network)s.",
            network=network_name(share.network),
        )
    if share.take_off_again:
        return _("You asked us to delete it as soon as it is there.")
    return ""
