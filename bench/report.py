"""docs/performance.md, written from what was kept; nobody edits it by hand."""

from collections.abc import Sequence
from pathlib import Path

from bench.aims import AIMS
from bench.figures import KEPT, Figure, Part, kept

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "performance.md"
PEERS = Path(__file__).with_name("peers.md")
NAMES = {
    "redirect": "Tracked links",
    "library": "The library",
    "rollup": "Ten million clicks",
    "release": "Released figures",
    "burst": "Thousands of posts due at once",
    "idle": "At rest",
}
NOT_YET = "not measured yet"

BEGINNING = """\
# Performance

`./run bench` writes this page from what it measured; change the bench, not the page. Speeds \
are the machine's, so figures are ratios to something simple that ran beside them, or counts. \
The targets were set beforehand, from prototypes.

```sh
./run bench                  # everything: some 20 minutes on a quiet machine
./run bench redirect burst   # parts: redirect, library, rollup, release, idle, burst
./run bench --short          # whether the bench itself works; proves nothing
```
"""
METHOD = """\
## How it is measured

- Every server is this run's own, on the loopback interface: PostgreSQL that flushes to disk \
before it answers (as `./run demo` starts it), Valkey, and the product's processes as the \
`Procfile` says. A machine that does other work spoils the figures.
- Servers under load are compared in pairs: yardstick, subject, yardstick, and so on, in bursts \
of two seconds on 32 connections that stay open. A ratio is that of a burst to the geometric \
mean of its two neighbours; the table tells median, least and most of all rounds. p50 and p99 \
are those of a server that is kept busy.
- The yardstick is bare Flask with 62 routes on granian, with a thread for each of the 32 \
connections where nothing else is said; ours needs none for tracked links. Its tracked link is \
a constant redirect: it looks nothing up and counts nothing.
- Each request for a tracked link is another visitor: another link of 300, another network. \
After each burst the visits on record are counted, in the database itself. Fewer than there were \
answers, more than were asked, any error, or a yardstick that itself varied more than twofold: \
no verdict.
- A slower disk (P3) is PostgreSQL's `commit_delay`: it waits 1 ms before each flush, and \
flushes once for all who wait, as the disk would. There is no switch for it in the product.
- The fast path's own cost (P6) is processor time in one process, in blocks of 500 that \
alternate with Flask's: a link that is not counted any more, and a visitor who comes a second \
time, which takes every rule but waits for nothing.
- Library pages (P7) are called in process, signed in, with pictures, topics and wordings; P9 \
and P11 are asked over HTTP one after the other, in blocks that take turns; P11 beside a copy of \
the database from before the clicks.
- Clicks for the roll-up are made in SQL, a tenth of them on one person's links; in the end \
each row is compared with a plain count of all of them.
- Memory is proportional set size, with all children of a process.
- Not measured: TLS, a reverse proxy, a real network, a database on another machine. What kill \
-9 under load loses (P5) is tried by `./run crash`.
"""


def write(folder: Path = KEPT, file: Path = FILE) -> None:
    """From the last whole run of each part."""
    file.write_text(text({name: kept(name, folder) for name in NAMES}))


def text(parts: dict[str, Part | None]) -> str:
    """The whole page."""
    run = [part for part in parts.values() if part]
    figures = {one.key: one for part in run for one in part.figures}
    pieces = [BEGINNING, _targets(figures), METHOD]
    pieces += [_part(NAMES[part.name], part) for part in run]
    pieces += [f"## Beside others (P4)\n\n{PEERS.read_text()}"]
    return "\n".join(pieces)


def _targets(figures: dict[str, Figure]) -> str:
    rows = []
    for key, aim in AIMS.items():
        found = figures.get(key)
        measured = found.measured if found else NOT_YET
        verdict = (found.verdict if found else "") or "–"
        rows.append((aim.number, aim.what, aim.target, measured, verdict))
    titles = ("", "What", "Target", "Median (least to most)", "Verdict")
    return f"## Targets and figures\n\n{table(titles, rows)}"


def _part(title: str, part: Part) -> str:
    machine = "; ".join(f"{name} {value}" for name, value in part.machine.items())
    said = [f"## {title}", f"{part.date}, {part.minutes:g} minutes. {machine}."]
    if part.rows:
        rows = [tuple(row.values()) for row in part.rows]
        said.append(table(tuple(part.rows[0]), rows).rstrip())
    if part.notes:
        said.append("\n".join(f"- {note}" for note in part.notes))
    return "\n\n".join(said) + "\n"


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
