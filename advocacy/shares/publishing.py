"""Posting one share, in the order that makes it happen once (reliability.md 2.4)."""

from contextlib import closing, suppress
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from advocacy.accounts.refusals import learn_why_refused
from advocacy.shares.arming import (
    Armed,
    arm,
    freeze_body,
    release,
    renew_lease,
)
from advocacy.shares.budget import give_back
from advocacy.shares.claiming import Claim, claim_share
from advocacy.shares.drafting import files_of
from advocacy.shares.outcomes import (
    MEDIA_GONE,
    Outcome,
    doubt,
    not_sent,
    outcome_of,
    posted,
)
from advocacy.shares.pausing import overtaken
from advocacy.shares.reasons import Reason
from advocacy.shares.renewing import renewed_for
from advocacy.shares.settling import THE_CALL, set_aside
from advocacy.shares.station import Station
from advocacy.shares.storing_outcomes import settle
from integrations.database import one_statement, transaction
from integrations.database_away import DATABASE_AWAY
from integrations.errors import NotDone, OutcomeUnknown, ProviderError
from integrations.network import OpenLine

# After so long in hand without a thread the lease is renewed first.
WAITED_SECONDS = 10.0
# Longer than arming takes when it need not wait for anybody; seconds.
MOMENT = 0.1


def publish_share(share_id: int, station: Station) -> None:
    """Post one due share. Run twice, or by two workers, it posts once."""
    if station.stopping() or not renewed_for(share_id, station.outside):
        return
    with transaction() as session:
        claim = claim_share(session, share_id, station)
    if claim is not None:
        post(claim, station)


def post(claim: Claim, station: Station) -> None:
    """Post what is in hand, or set it aside."""
    try:
        _post(claim, station)
    except DATABASE_AWAY:
        # A lock was held too long, say: its lease would keep a share with media for ten
        # minutes. What is armed is not put back. Reserved calls stay counted.
        with suppress(*DATABASE_AWAY), transaction() as session:
            release(session, claim, innocent=True, at_once=False)
        raise


def _post(claim: Claim, station: Station) -> None:
    if station.stopping() or not _still_ours(claim):
        _give_up(claim, claim.calls, station, innocent=True)
        return
    if not all(file.exists() for file in files_of(claim.draft)):
        _set_aside(claim, MEDIA_GONE, station)
        return
    network = station.outside.networks[claim.network]
    try:
        # No transaction is open during calls: the network may be slow.
        body = network.prepare(claim.access, claim.draft)
        with one_statement() as database:
            frozen = freeze_body(database, claim, body)
        if not frozen:
            # It took too long, or somebody stopped it.
            _give_up(claim, THE_CALL, station, innocent=False)
            return
        line = network.open_line(claim.access)
    except ProviderError as error:
        _set_aside(claim, _before_the_post(claim, error), station)
        return
    with closing(line):
        send(claim, body, line, station)


def _still_ours(claim: Claim) -> bool:
    """Whoever waited for a thread begins with a whole lease, or not at all."""
    if claim.waited() < WAITED_SECONDS:
        return True
    with transaction() as session:
        return renew_lease(session, claim)


def _before_the_post(claim: Claim, error: ProviderError) -> Outcome:
    """Nothing was posted: uploads and the connection come first."""
    if isinstance(error, OutcomeUnknown):
        error = NotDone("a call before the post did not end well", code=error.code)
    return outcome_of(error, tries=claim.tries, token_is_new=claim.token_is_new)


def _set_aside(claim: Claim, outcome: Outcome, station: Station) -> None:
    with transaction() as session:
        set_aside(session, claim, outcome, station.outside.networks[claim.network])
    _ask_why(claim, outcome, station)


def send(claim: Claim, body: bytes, line: OpenLine, station: Station) -> None:
    """Arm and send, unless somebody stopped it: once, over a line that is open."""
    stopping, armed = station.stopping(), None
    if not stopping:
        with one_statement() as database:
            armed = arm(database, claim, body)
    if armed is None:
        # Stopped in time, or not ours any more; the next claim finds out which.
        _give_up(claim, THE_CALL, station, innocent=stopping)
    elif _stopped_meanwhile(armed):
        settle(armed, not_sent(), station)
    else:
        _create(armed, body, line, station)


def _stopped_meanwhile(armed: Armed) -> bool:
    """Whether posting was stopped while arming waited for a lock, having looked before."""
    if armed.waited < MOMENT:
        return False
    claim = armed.claim
    try:
        with one_statement() as database:
            return overtaken(database, claim.network, but_for=claim.pause_until)
    except SQLAlchemyError:
        return True  # who cannot look does not send


def _give_up(claim: Claim, calls: int, station: Station, *, innocent: bool) -> None:
    with transaction() as session:
        hand_back(session, claim, calls, station, innocent=innocent)


def hand_back(
    session: Session, claim: Claim, calls: int, station: Station, *, innocent: bool
) -> None:
    """A share that was in hand and is not sent, and the calls that are not made.

    The calls are this claim's, whoever has the share by now.
    """
    release(session, claim, innocent=innocent)
    limits = station.outside.networks[claim.network].day_limits
    give_back(session, claim.payer, calls, limits)


def _create(armed: Armed, body: bytes, line: OpenLine, station: Station) -> None:
    """The one call. Whatever happens in it, the row is told."""
    outcome = doubt("stopped")
    try:
        outcome = _answer(armed, body, line)
    finally:
        settle(armed, outcome, station)
    _ask_why(armed.claim, outcome, station)


def _ask_why(claim: Claim, outcome: Outcome, station: Station) -> None:
    """Whether a refused token was over or taken back, for the log (2.8)."""
    if outcome.reason is Reason.ACCESS_REFUSED and outcome.code.startswith("401"):
        learn_why_refused(claim.account_id, station.outside)


def _answer(armed: Armed, body: bytes, line: OpenLine) -> Outcome:
    if monotonic() > armed.send_before:
        # This process slept; meanwhile the lease may have become somebody else's.
        return not_sent()
    try:
        return posted(line.create(body))
    except ProviderError as error:
        claim = armed.claim
        return outcome_of(error, tries=claim.tries, token_is_new=claim.token_is_new)
