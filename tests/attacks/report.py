"""Writes what a whole run found: for readers of the documents, and for the pages."""

import json
import platform
from dataclasses import dataclass
from pathlib import Path

from advocacy.reach.tables import METHOD_VERSION, method_digest
from integrations.clock import now
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.table import (
    FINDINGS,
    ITEMS,
    USEFUL,
    lines_of,
    lines_of_figures,
    lines_of_items,
    markdown,
)
from tests.attacks.trials import MISSING
from tests.attacks.useful_items import UsefulItems
from tests.attacks.utility import Useful

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "privacy-report.md"
WORDS = Path(__file__).with_name("report.md")
FOR_PAGES = ROOT / "advocacy" / "reach" / "attack_results.json"


@dataclass(frozen=True)
class Results:
    """Of a whole run."""

    lengths: Lengths
    findings: list[Finding]
    figures: list[Useful]
    items: list[UsefulItems]
    minutes: float


def write(results: Results) -> None:
    """Both files anew."""
    REPORT.write_text(_document(results))
    FOR_PAGES.write_text(
        json.dumps(_rows(results), indent=1, ensure_ascii=False) + "\n"
    )


def _rows(results: Results) -> dict[str, object]:
    """`method_digest` says for which constants this was found; pages compare it."""
    return {
        "made_on": now().date().isoformat(),
        "seed": results.lengths.seed,
        "trials": results.lengths.trials,
        "method_version": METHOD_VERSION,
        "method_digest": method_digest(),
        "not_tried": MISSING,
        "attacks": [one.as_row() for one in results.findings],
        "figures": [one.as_row() for one in results.figures],
        "items": [one.as_row() for one in results.items],
    }


def _document(results: Results) -> str:
    return WORDS.read_text().format(
        day=f"{now().date():%-d %B %Y}",
        seed=results.lengths.seed,
        minutes=f"{results.minutes:.1f}",
        machine=f"{platform.machine()}, Python {platform.python_version()}",
        version=METHOD_VERSION,
        digest=method_digest(),
        rows=len(results.findings),
        broken=sum(not one.holds for one in results.findings),
        trials=f"{results.lengths.trials:,}",
        error=f"{(0.25 / results.lengths.trials) ** 0.5:.3f}",
        attacks=markdown(FINDINGS, lines_of(results.findings)),
        not_tried=_not_tried(),
        figures=markdown(USEFUL, lines_of_figures(results.figures)),
        items=markdown(ITEMS, lines_of_items(results.items)),
    )


def _not_tried() -> str:
    if not MISSING:
        return ""
    return f"\nNot tried by this run yet: {', '.join(MISSING)}.\n"
