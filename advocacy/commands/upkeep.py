"""Commands for an installation at work: is it whole, is it well, may it post."""

from argparse import Namespace

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.accounts.operations import lock_again
from advocacy.commands.installation import database, installed
from advocacy.commands.terminal import Add, complain, say
from advocacy.consent.chain import verify_chain
from advocacy.outside import open_outside
from advocacy.reach.chain import is_whole
from advocacy.reach.ledger_queries import figures_unpaid
from advocacy.reach.seal_queries import CHAINS
from advocacy.shares.last_tokens import lock_last_again
from advocacy.shares.pausing import release_publishing, stop_publishing
from advocacy.shares.service_rows import StopCause
from advocacy.watch.commands import look
from integrations.token_vault import CannotUnlock, TokenVault

SEALED = {
    "figures": "released figures",
    "notices": "notices about figures",
    "changes": "changes of floors and noise",
}


def add_commands(add: Add) -> None:
    add("verify-chains", _verify_chains, "check consents and released figures")
    add("lock-tokens-again", _lock_again, "lock all tokens with the newest key")
    add("watch", _watch, "say how the service is doing; 1 if somebody should look")
    add("pause", _stop, "post nothing until it is released")
    add("release", _release, "let posts leave again")


def _verify_chains(_given: Namespace) -> int:
    """The head is worth writing down elsewhere: a chain cut short shows by it alone."""
    with database(installed()) as session:
        answers = verify_chain(session)
        kinds = {name: kind for name, (kind, _since) in CHAINS.items()}
        broken = [name for name, kind in kinds.items() if not is_whole(session, kind)]
        unpaid = figures_unpaid(session)
        log_access(session, DoneAs.OPERATOR, Action.CHAINS_VERIFIED)
    say(f"{answers.count} consent answers, up to {answers.head}")
    if not answers.whole:
        complain(f"The consent answer {answers.broken_at} is not as it was given.")
    for name in broken:
        complain(f"The {SEALED[name]} are not as they were released.")
    if unpaid:
        complain(f"{unpaid} releases are not in the ledger as they were paid.")
    return 0 if answers.whole and not (broken or unpaid) else 1


def _lock_again(_given: Namespace) -> int:
    """After a new key was put in front, and before the old one is taken out."""
    settings = installed()
    try:
        with database(settings) as session:
            vault = TokenVault(settings.token_keys)
            count = lock_again(session, vault) + lock_last_again(session, vault)
            log_access(session, DoneAs.OPERATOR, Action.TOKENS_LOCKED)
    except CannotUnlock:
        complain("A key that still locks tokens is missing in TOKEN_KEYS.")
        return 1
    say(f"{count} tokens were locked again, with the newest key.")
    return 0


def _watch(_given: Namespace) -> int:
    settings = installed()
    outside = open_outside(settings)
    try:
        return look(outside.networks, settings)
    finally:
        outside.engine.dispose()


def _stop(_given: Namespace) -> int:
    with database(installed()) as session:
        stop_publishing(session, StopCause.BY_HAND)
        log_access(session, DoneAs.OPERATOR, Action.POSTING_STOPPED)
    say("Nothing is posted from now on.")
    return 0


def _release(_given: Namespace) -> int:
    with database(installed()) as session:
        release_publishing(session)
        log_access(session, DoneAs.OPERATOR, Action.POSTING_RELEASED)
    say("Posts leave again.")
    return 0
