"""What becomes of a post while its owner is still changing it: nothing stops for that."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from advocacy.hooks import Holdup
from advocacy.shares.models import Share, ShareState
from advocacy.web.formats import weekday_and_time
from advocacy.web.language import city


def meanwhile(
    share: Share, at: datetime, holdup: Holdup | None, spread: timedelta
) -> str:
    """When it leaves as it was; empty where it does not leave by itself.

    `spread` is how long after its time a post may leave.
    """
    if share.state is not ShareState.SCHEDULED:
        return ""
    if holdup and holdup.paused:
        return _(
            "As soon as posting goes on it can leave as it was, unless you confirm a change"
            " before then. Writing here does not stop it."
        )
    leaves = share.next_at if share.next_at > share.due_at + spread else share.due_at
    if holdup and holdup.goes_on_at:
        leaves = max(leaves, holdup.goes_on_at)
    if leaves <= at:
        return _("It is about to leave as it was. Writing here does not stop it.")
    return _(
        "It leaves unchanged on %(when)s, %(city)s time, unless you confirm a change before"
        " then. Writing here does not stop it.",
        when=weekday_and_time(leaves),
        city=city(),
    )
