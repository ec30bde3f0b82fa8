"""What is typed into a terminal, and what it is told."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from typing import Protocol


class Run(Protocol):
    """What a command does; its exit status."""

    def __call__(self, given: Namespace, /) -> int: ...


class Add(Protocol):
    """Make a command known; what it gives back takes the command's own options."""

    def __call__(self, name: str, run: Run, words: str) -> ArgumentParser: ...


def typed(read: Callable[[str], str]) -> Callable[[str], str]:
    """As the type of an option: the words of a ValueError are shown, which argparse hides."""

    def checked(words: str) -> str:
        try:
            return read(words)
        except ValueError as error:
            # As a literal: nothing that moves a terminal's cursor.
            raise ArgumentTypeError(f"{words!r}: {error}") from error

    return checked


def agreed(what: Iterable[str], *, beforehand: bool) -> bool:
    """Say what is about to happen and ask, unless it was agreed to `beforehand`.

    Whoever is no person at a terminal is not asked, and has not agreed.
    """
    for sentence in what:
        say(sentence)
    if beforehand:
        return True
    if not sys.stdin.isatty():
        complain("Nothing was done. Whoever wants it gives --yes.")
        return False
    sys.stdout.write("Type yes to go on: ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() == "yes":
        return True
    complain("Nothing was done.")
    return False


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def complain(words: str) -> None:
    sys.stderr.write(f"{words}\n")
