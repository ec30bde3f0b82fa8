"""The burst as a part of the bench: P12, P13. What is measured is in bench/burst.py."""

from math import sqrt
from pathlib import Path

from bench import burst
from bench.figures import Part, told
from bench.inside import hello_milliseconds

SHARES, SHORT_SHARES = 5000, 300
KILLS = 4


def run(_folder: Path, *, short: bool) -> Part:
    """Bursts with one, two and four processes, and one whose worker is killed again."""
    part = Part("burst", short=short)
    wanted = ["--shares", str(SHORT_SHARES if short else SHARES)]
    # What a second process brings depends on the cores; docs/operations.md refers to it.
    before = hello_milliseconds()
    (alone,) = burst.main([*wanted, "--processes", "1"])
    hello = sqrt(before * hello_milliseconds())
    two, four = burst.main([*wanted, "--processes", "2,4"])
    part.tell("burst", [alone.of_limit])
    part.tell("burst_cpu", [alone.cpu_milliseconds])
    part.tell("burst_hellos", [alone.cpu_milliseconds / hello])
    part.tell("burst_memory", [alone.megabytes])
    part.tell("burst_two", [two.of_limit])
    part.tell("burst_four", [four.of_limit])
    (killed,) = burst.main([*wanted, "--processes", "1", "--kills", str(KILLS)])
    doubt = "" if killed.kills >= KILLS else f"killed {killed.kills} times only"
    part.tell("burst_doubled", [killed.doubled], doubt)
    part.tell("burst_lost", [killed.lost], doubt)
    part.tell("burst_killed", [killed.of_limit], doubt)
    part.rows = [_row(one) for one in (alone, two, four, killed)]
    return part


def _row(found: burst.Found) -> dict[str, str]:
    return {
        "processes": f"{found.processes}, killed {found.kills} ×"
        if found.kills
        else str(found.processes),
        "out": f"{found.out:,} of {found.shares:,}",
        "s": told(found.seconds),
        "a second": told(found.out / found.seconds),
        "of the limit": told(found.of_limit),
        "oldest due, s": told(found.oldest),
        "CPU a share, ms": told(found.cpu_milliseconds),
        "PSS of all, MB": told(found.megabytes),
        "doubled": str(found.doubled),
        "lost": str(found.lost),
    }
