"""The burst as a part of the bench: P12, P13. What is measured is in bench/burst.py."""

from math import sqrt
from pathlib import Path

from bench import burst
from bench.figures import Part
from bench.inside import hello_milliseconds

SHARES, SHORT_SHARES = 5000, 300
KILLS = 4


def run(_folder: Path, *, short: bool) -> Part:
    """One burst left alone and one whose worker is killed again and again."""
    part = Part("burst", short=short)
    wanted = ["--shares", str(SHORT_SHARES if short else SHARES)]
    # What a second process brings depends on the cores; docs/operations.md refers to it.
    before = hello_milliseconds()
    (alone,) = burst.main([*wanted, "--processes", "1"])
    hello = sqrt(before * hello_milliseconds())
    (two,) = burst.main([*wanted, "--processes", "2"])
    part.tell("burst", [alone.of_limit])
    part.tell("burst_cpu", [alone.cpu_milliseconds])
    part.tell("burst_hellos", [alone.cpu_milliseconds / hello])
    part.tell("burst_memory", [alone.megabytes])
    part.tell("burst_two", [two.of_limit])
    (killed,) = burst.main([*wanted, "--processes", "1", "--kills", str(KILLS)])
    doubt = "" if killed.kills >= KILLS else f"killed {killed.kills} times only"
    part.tell("burst_doubled", [killed.doubled], doubt)
    part.tell("burst_lost", [killed.lost], doubt)
    part.tell("burst_killed", [killed.of_limit], doubt)
    return part
