"""What is typed into a terminal, and what it is told."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Protocol


class Run(Protocol):
    """What a command does; its exit status."""

    def __call__(self, given: Namespace, /) -> int: ...


class Add(Protocol):
    """Make a command known; what it gives back takes the command's own options."""

    def __call__(self, name: str, run: Run, words: str) -> ArgumentParser: ...


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def complain(words: str) -> None:
    sys.stderr.write(f"{words}\n")
