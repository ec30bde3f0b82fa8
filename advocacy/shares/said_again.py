"""Words that were shared again need no offer to write them again."""

from collections.abc import Sequence
from dataclasses import replace

from advocacy.shares.models import LIVE_STATES, Share, ShareState
from advocacy.shares.rows import Action, Row

SAID = frozenset({*LIVE_STATES, ShareState.TOLD})


def without_repeated_offers(rows: Sequence[Row]) -> list[Row]:
    """The rows; "Write again" is gone where the same words of the same item left, or are to
    leave, in a later share.
    """
    newest: dict[tuple[int, str], int] = {}
    for one in rows:
        if one.share.state in SAID:
            words = _words(one.share)
            newest[words] = max(one.share.id, newest.get(words, 0))
    return [
        _without_offer(one) if newest.get(_words(one.share), 0) > one.share.id else one
        for one in rows
    ]


def _words(share: Share) -> tuple[int, str]:
    return share.item_id, share.text


def _without_offer(one: Row) -> Row:
    left = tuple(action for action in one.actions if action is not Action.WRITE_AGAIN)
    return replace(one, actions=left)
