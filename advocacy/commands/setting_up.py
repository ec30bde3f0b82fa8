"""Commands that make an installation: its keys, its database, its translations."""

import os
from argparse import Namespace

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.commands.installation import database, installed
from advocacy.commands.terminal import Add, complain, say
from advocacy.demo import running
from advocacy.demo.keys import fresh_keys
from advocacy.migrations.running import newest_migration, upgrade
from advocacy.outside import MASTODON
from advocacy.web.catalogues import compile_catalogues
from integrations.errors import ProviderError
from integrations.mastodon.registration import register_app
from integrations.reader_role import ReaderIsMissing


def add_commands(add: Add) -> None:
    demo = add("demo", _demo, "start the demonstration on this machine")
    demo.add_argument("--reload", action="store_true", help="restart on changes")
    add("migrate", _migrate, "bring the database up to date")
    add("compile-translations", _compile, "compile the translations")
    add("check-settings", _check_settings, "say what is wrong with the settings")
    add("new-keys", _new_keys, "print fresh keys for the settings")
    mastodon = add(
        "register-mastodon", _register_mastodon, "make us known to a Mastodon server"
    )
    mastodon.add_argument("server", help="https:// and its name")


def _demo(given: Namespace) -> int:
    return running.run(os.environ, reload=given.reload)


def _migrate(_given: Namespace) -> int:
    settings = installed()
    try:
        upgrade(settings.database_url)
    except ReaderIsMissing as missing:
        complain(str(missing))
        return 1
    with database(settings) as session:
        newest = newest_migration().removesuffix(".py")
        log_access(session, DoneAs.OPERATOR, Action.DATABASE_UPDATED, to=newest)
    return 0


def _compile(_given: Namespace) -> int:
    for made in compile_catalogues():
        say(f"compiled {made.name} for {made.parts[-3]}")
    return 0


def _check_settings(_given: Namespace) -> int:
    settings = installed()
    say(f"The settings can be used, for {settings.base_url}.")
    if not settings.linkedin_ready:
        say("LinkedIn is not set up: people copy their text and post it themselves.")
    return 0


def _new_keys(_given: Namespace) -> int:
    """Fresh ones each time; nothing is stored."""
    for name, value in fresh_keys().items():
        say(f"{name}={value}")
    return 0


def _register_mastodon(given: Namespace) -> int:
    """Each time another app, so once is enough; nothing is stored here."""
    settings = installed()
    back = f"{settings.base_url}/accounts/{MASTODON}/back"
    try:
        name = f"{settings.organisation} library"
        app = register_app(given.server, name, back, settings.base_url)
    except ValueError as error:
        complain(f"{error}.")
        return 2
    except ProviderError as error:
        complain(f"{error}.")
        return 1
    say(f"MASTODON_BASE={given.server.rstrip('/')}")
    say(f"MASTODON_CLIENT_ID={app.client_id}")
    say(f"MASTODON_CLIENT_SECRET={app.client_secret}")
    return 0
