"""What the network may answer to an attempt, one of each kind, and the name of a post."""

from datetime import timedelta

from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import VERSION_PAUSE, Outcome
from advocacy.shares.reasons import Reason

S, R = ShareState, Reason
URN = "urn:li:share:7200000000000000017"
MINUTE = timedelta(minutes=1)
BUSY = Outcome(S.SCHEDULED, R.BUSY, "429", wait=MINUTE)
UNREACHABLE = Outcome(S.SCHEDULED, R.UNREACHABLE, "dns", wait=MINUTE)
VERSION = Outcome(S.SCHEDULED, R.VERSION, "426", wait=VERSION_PAUSE)
RECONNECT = Outcome(S.NEEDS_RECONNECT, R.ACCESS_REFUSED, "401")
REFUSED = Outcome(S.FAILED, R.REFUSED, "422")
