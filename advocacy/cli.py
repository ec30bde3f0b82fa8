"""Commands for whoever runs the service: `python -m advocacy.cli --help`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from advocacy.commands import figures, people, setting_up, units, upkeep
from advocacy.commands.terminal import Run, complain
from advocacy.config import BadSettings
from integrations.database_away import DATABASE_AWAY


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except BadSettings as error:
        complain("\n".join(error.problems))
        return 2
    except DATABASE_AWAY:
        # Its own words hold the address, and with it the password.
        complain(
            "The database named by DATABASE_URL cannot be reached or takes no changes."
        )
        return 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m advocacy.cli", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Run, words: str) -> ArgumentParser:
        one = commands.add_parser(name, help=words, description=words)
        one.set_defaults(run=run)
        return one

    for group in (setting_up, upkeep, people, units, figures):  # as the help lists them
        group.add_commands(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
