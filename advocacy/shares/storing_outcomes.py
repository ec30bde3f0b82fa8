"""Storing an outcome while the lease lasts, and afterwards from this machine's disk (2.6)."""

from time import monotonic, sleep

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from advocacy.shares.arming import Armed
from advocacy.shares.attempted import Attempted
from advocacy.shares.evidence import UnknownAttempt
from advocacy.shares.outcomes import Outcome
from advocacy.shares.settling import settle_attempt
from advocacy.shares.station import Station
from advocacy.shares.usual_end import is_usual, store_usual_end
from integrations.database import one_statement, transaction
from integrations.database_away import DATABASE_AWAY
from integrations.network import Network

log = structlog.get_logger()

PAUSE = 1.0  # seconds between two tries to reach the database
# Something was stored at the same moment; the next try sees it.
OVERTAKEN = IntegrityError


def settle(armed: Armed, outcome: Outcome, station: Station) -> None:
    """Store the outcome of an attempt, again and again while the database is away.

    From the first refusal on it is also on the disk; there it stays when the lease ends
    or the process has to, and when storing it breaks for any other reason.
    """
    safe = False
    try:
        _store_or_keep(armed, outcome, station)
        safe = True
    finally:
        if not safe:
            _kept(armed, outcome, station)


def _store_or_keep(armed: Armed, outcome: Outcome, station: Station) -> None:
    attempted, kept = armed.attempted, False
    network = station.outside.networks[attempted.network]
    while True:
        try:
            _store(attempted, outcome, network)
        except (*DATABASE_AWAY, OVERTAKEN):
            kept = kept or _kept(armed, outcome, station)
            over = monotonic() > armed.lease_ends
            if over and not kept:
                log.exception("outcome_lost", share=attempted.share_id)
                raise
            if kept and (over or station.stopping()):
                log.exception("outcome_kept", share=attempted.share_id)
                return
            sleep(PAUSE)
        else:
            if kept and station.spool:
                station.spool.forget(attempted)
            return


def _store(attempted: Attempted, outcome: Outcome, network: Network) -> None:
    if is_usual(attempted, outcome):
        with one_statement() as database:
            if store_usual_end(database, attempted, outcome, network):
                return
    with transaction() as session:
        settle_attempt(session, attempted, outcome, network)


def store_kept(station: Station) -> int:
    """Store what is on the disk, as far as the database takes it; how many it took."""
    stored = 0
    for attempted, outcome in station.spool.waiting() if station.spool else ():
        network = station.outside.networks.get(attempted.network)
        if network is None:
            continue  # its settings were taken away; they may come back
        assert station.spool is not None
        try:
            with transaction() as session:
                settle_attempt(session, attempted, outcome, network)
        except OVERTAKEN as error:
            # The next sweep sees what was stored at the same moment.
            log.info("kept_outcome_overtaken", kind=type(error).__name__)
            continue
        except UnknownAttempt:
            # Its number may by now be another's: only a person can tell what it proves.
            station.spool.put_aside(attempted)
            log.exception("kept_outcome_unplaced", share=attempted.share_id)
            continue
        except SQLAlchemyError:
            # Whether it is away the sweep finds out; one file must not end it.
            log.exception("kept_outcome_not_stored", share=attempted.share_id)
            continue
        station.spool.forget(attempted)
        stored += 1
        log.warning("kept_outcome_stored", share=attempted.share_id)
    return stored


def _kept(armed: Armed, outcome: Outcome, station: Station) -> bool:
    if station.spool is None:
        return False
    try:
        station.spool.keep(armed.attempted, outcome)
    except OSError:
        log.exception("outcome_not_kept", share=armed.attempted.share_id)
        return False
    return True
