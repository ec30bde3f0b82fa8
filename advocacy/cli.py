"""Commands for whoever runs the service: `python -m advocacy.cli --help`."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from getpass import getpass

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from advocacy.accounts.operations import lock_again
from advocacy.config import BadSettings, Settings, read_settings
from advocacy.consent.chain import verify_chain
from advocacy.demo import running
from advocacy.demo.keys import fresh_keys
from advocacy.migrations.running import upgrade
from advocacy.outside import MASTODON, open_outside
from advocacy.people import written
from advocacy.people.errors import WeakPassword
from advocacy.people.operations import add_person, set_password
from advocacy.people.queries import person_by_email
from advocacy.people.roles import Role
from advocacy.reach.chain import is_whole
from advocacy.shares.last_tokens import lock_last_again
from advocacy.shares.pausing import release_publishing, stop_publishing
from advocacy.shares.service_rows import StopCause
from advocacy.watch.commands import look
from advocacy.web.catalogues import compile_catalogues
from integrations.clock import zones
from integrations.database import connect, transaction
from integrations.errors import ProviderError
from integrations.mastodon.registration import register_app
from integrations.token_vault import CannotUnlock, TokenVault


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except BadSettings as error:
        _complain("\n".join(error.problems))
        return 2
    except OperationalError:
        # Its own words hold the address, and with it the password.
        _complain("The database named by DATABASE_URL cannot be reached.")
        return 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m advocacy.cli", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, words: str) -> ArgumentParser:
        one = commands.add_parser(name, help=words, description=words)
        one.set_defaults(run=run)
        return one

    demo = command("demo", _demo, "start the demonstration on this machine")
    demo.add_argument("--reload", action="store_true", help="restart on changes")
    command("migrate", _migrate, "bring the database up to date")
    command("compile-translations", _compile, "compile the translations")
    command("check-settings", _check_settings, "say what is wrong with the settings")
    command("new-keys", _new_keys, "print fresh keys for the settings")
    mastodon = command(
        "register-mastodon", _register_mastodon, "make us known to a Mastodon server"
    )
    mastodon.add_argument("server", help="https:// and its name")
    command("verify-chains", _verify_chains, "check consents and released figures")
    command("lock-tokens-again", _lock_again, "lock all tokens with the newest key")
    command("watch", _watch, "say how the service is doing; 1 if somebody should look")
    command("pause", _stop, "post nothing until it is released")
    command("release", _release, "let posts leave again")
    create = command("create-person", _create_person, "add somebody who may sign in")
    create.add_argument("--name", required=True, type=written.name)
    create.add_argument("--email", required=True, type=written.address)
    create.add_argument("--job", default="", type=written.line)
    create.add_argument(
        "--role",
        action="append",
        default=[],
        type=Role,
        help=f"besides being an employee: {', '.join(Role)}; may be repeated",
    )
    create.add_argument("--time-zone", type=_zone, help="theirs; else TIME_ZONE")
    return parser


def _demo(given: Namespace) -> int:
    return running.run(os.environ, reload=given.reload)


def _migrate(_given: Namespace) -> int:
    upgrade(_settings().database_url)
    return 0


def _compile(_given: Namespace) -> int:
    for made in compile_catalogues():
        _say(f"compiled {made.name} for {made.parts[-3]}")
    return 0


def _check_settings(_given: Namespace) -> int:
    settings = _settings()
    _say(f"The settings can be used, for {settings.base_url}.")
    if not settings.linkedin_ready:
        _say("LinkedIn is not set up: people copy their text and post it themselves.")
    return 0


def _new_keys(_given: Namespace) -> int:
    """Fresh ones each time; nothing is stored."""
    for name, value in fresh_keys().items():
        _say(f"{name}={value}")
    return 0


def _register_mastodon(given: Namespace) -> int:
    """Each time another app, so once is enough; nothing is stored here."""
    settings = _settings()
    back = f"{settings.base_url}/accounts/{MASTODON}/back"
    try:
        name = f"{settings.organisation} library"
        app = register_app(given.server, name, back, settings.base_url)
    except ValueError as error:
        _complain(f"{error}.")
        return 2
    except ProviderError as error:
        _complain(f"{error}.")
        return 1
    _say(f"MASTODON_BASE={given.server.rstrip('/')}")
    _say(f"MASTODON_CLIENT_ID={app.client_id}")
    _say(f"MASTODON_CLIENT_SECRET={app.client_secret}")
    return 0


def _create_person(given: Namespace) -> int:
    settings = _settings()
    password = _ask_password()
    try:
        with _database(settings) as session:
            if person_by_email(session, given.email) is not None:
                _complain("Somebody with that address works here already.")
                return 1
            person = add_person(
                session,
                name=given.name,
                email=given.email,
                job=given.job,
                roles=given.role,
                time_zone=given.time_zone,
            )
            set_password(session, person, password, settings.organisation)
    except WeakPassword as error:
        _complain(str(error))
        return 1
    _say(f"{given.name} can sign in now.")
    return 0


def _verify_chains(_given: Namespace) -> int:
    """The head is worth writing down elsewhere: a chain cut short shows by it alone."""
    with _database(_settings()) as session:
        answers = verify_chain(session)
        figures_whole = is_whole(session)
    _say(f"{answers.count} consent answers, up to {answers.head}")
    if not answers.whole:
        _complain(f"The consent answer {answers.broken_at} is not as it was given.")
    if not figures_whole:
        _complain("The released figures are not as they were released.")
    return 0 if answers.whole and figures_whole else 1


def _lock_again(_given: Namespace) -> int:
    """After a new key was put in front, and before the old one is taken out."""
    settings = _settings()
    try:
        with _database(settings) as session:
            vault = TokenVault(settings.token_keys)
            count = lock_again(session, vault) + lock_last_again(session, vault)
    except CannotUnlock:
        _complain("A key that still locks tokens is missing in TOKEN_KEYS.")
        return 1
    _say(f"{count} tokens were locked again, with the newest key.")
    return 0


def _watch(_given: Namespace) -> int:
    settings = _settings()
    outside = open_outside(settings)
    try:
        return look(outside.networks, settings.data_folder)
    finally:
        outside.engine.dispose()


def _stop(_given: Namespace) -> int:
    with _database(_settings()) as session:
        stop_publishing(session, StopCause.BY_HAND)
    _say("Nothing is posted from now on.")
    return 0


def _release(_given: Namespace) -> int:
    with _database(_settings()) as session:
        release_publishing(session)
    _say("Posts leave again.")
    return 0


def _zone(name: str) -> str:
    if name not in zones():
        raise ArgumentTypeError(f"{name} is not a time zone")
    return name


def _ask_password() -> str:
    """From the keyboard, unseen; or the first line of what is piped in."""
    if sys.stdin.isatty():
        return getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


@contextmanager
def _database(settings: Settings) -> Iterator[Session]:
    """One transaction, on a connection that ends with it."""
    engine = connect(settings.database_url)
    try:
        with transaction() as session:
            yield session
    finally:
        engine.dispose()


def _settings() -> Settings:
    return read_settings(os.environ)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _complain(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
