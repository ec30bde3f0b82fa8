"""The tables that a run prints, as plain text and as Markdown."""

import sys
from collections.abc import Iterable, Sequence
from io import StringIO

from advocacy.reach.attack_said import in_english
from tests.attacks.judging import Finding
from tests.attacks.useful_items import PROMISED, ItemPromise, UsefulItems
from tests.attacks.utility import Useful

Lines = list[tuple[str, ...]]
FINDINGS = ("attack", "what", "exact totals", "reached", "at most", "verdict")
USEFUL = ("staff", "figure", "typical", "error", "cut off", "shown", "promised", "")
ITEMS = (
    "staff",
    "shares",
    "shares shown",
    "enough shares",
    "visits shown",
    "error of shares",
    "error of visits",
    "best five",
    "order",
    "",
)


def keep_quiet() -> None:
    """In a process of its own: what the service under attack logs is not of the table."""
    sys.stderr = StringIO()


def say(line: str = "") -> None:
    """At once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def lines_of(findings: Iterable[Finding]) -> Lines:
    return [
        (
            one.attack,
            *map(in_english, (one.what, one.naive, one.reached, one.bound)),
            one.verdict,
        )
        for one in findings
    ]


def lines_of_figures(figures: Iterable[Useful]) -> Lines:
    return [
        (
            f"{one.staff:,}",
            one.what,
            f"{one.true:,.0f}",
            _errors(one.error, one.error_90),
            f"{one.cut_off:.0f} %",
            f"{one.shown:.0f} %",
            one.promise,
            _verdict(one),
        )
        for one in figures
    ]


def lines_of_items(items: Iterable[UsefulItems]) -> Lines:
    return [_line_of_items(one, PROMISED[one.staff]) for one in items]


def _line_of_items(one: UsefulItems, promise: ItemPromise) -> tuple[str, ...]:
    shares = "–" if one.shares_error is None else f"{one.shares_error:.0f} %"
    errors = f"{promise.visits_error} / {promise.visits_error_90}"
    return (
        f"{one.staff:,}",
        _beside(f"{one.true:,.0f}", promise.true),
        _beside(f"{one.shares_shown:.0f} %", promise.shares_shown),
        _beside(f"{one.enough_shares:.0f} %", promise.enough_shares),
        f"{one.visits_shown:.0f} %",
        _beside(shares, promise.shares_error),
        _beside(_errors(one.visits_error, one.visits_error_90), errors),
        _beside(f"{one.best_right:.0f} %", promise.best_right),
        _beside(f"{one.order:.2f}", promise.order),
        _verdict(one),
    )


def _beside(measured: str, promised: object) -> str:
    """What was promised, in brackets."""
    return measured if promised is None else f"{measured} ({promised})"


def _verdict(one: Useful | UsefulItems) -> str:
    if one.far_off:
        return "FAR OFF"
    return "more than promised" if one.more else ""


def _errors(middle: float | None, nine: float | None) -> str:
    return "–" if middle is None or nine is None else f"{middle:.0f} / {nine:.0f} %"


def show(findings: Iterable[Finding]) -> None:
    _plain(FINDINGS, lines_of(findings))


def show_useful(figures: Iterable[Useful], items: Iterable[UsefulItems]) -> None:
    say()
    _plain(USEFUL, lines_of_figures(figures))
    say()
    _plain(ITEMS, lines_of_items(items))


def _plain(head: Sequence[str], lines: Lines) -> None:
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    for line in (head, *lines):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        say("  ".join(cells).rstrip())


def markdown(head: Sequence[str], lines: Lines) -> str:
    """The same for a document."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
