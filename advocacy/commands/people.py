"""The command that adds somebody who may sign in."""

import sys
from argparse import Namespace
from getpass import getpass

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.commands.installation import database, installed
from advocacy.commands.terminal import Add, complain, say, typed
from advocacy.people import written
from advocacy.people.errors import WeakPassword
from advocacy.people.operations import add_person, set_password
from advocacy.people.queries import person_by_email
from advocacy.people.roles import Role


def add_commands(add: Add) -> None:
    create = add("create-person", _create_person, "add somebody who may sign in")
    create.add_argument("--name", required=True, type=typed(written.name))
    create.add_argument("--email", required=True, type=typed(written.address))
    create.add_argument("--job", default="", type=typed(written.line))
    create.add_argument(
        "--role",
        action="append",
        default=[],
        type=Role,
        help=f"besides being an employee: {', '.join(Role)}; may be repeated",
    )
    zone = typed(written.zone)
    create.add_argument("--time-zone", type=zone, help="theirs; else TIME_ZONE")


def _create_person(given: Namespace) -> int:
    settings = installed()
    password = _ask_password()
    try:
        with database(settings) as session:
            if person_by_email(session, given.email) is not None:
                complain("Somebody with that address works here already.")
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
            roles = sorted(role.value for role in person.roles)
            log_access(session, DoneAs.OPERATOR, Action.PERSON_ADDED, roles=roles)
    except WeakPassword as error:
        complain(str(error))
        return 1
    say(f"{given.name} can sign in now.")
    return 0


def _ask_password() -> str:
    """From the keyboard, unseen; or the first line of what is piped in."""
    if sys.stdin.isatty():
        return getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")
