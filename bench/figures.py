"""Figures as they are measured, told and kept: median, least, most, and any doubt."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.aims import AIMS

KEPT = Path(__file__).resolve().parents[1] / ".data" / "bench"


@dataclass(frozen=True)
class Figure:
    """One aim's values; with a doubt it is told, but nothing is concluded from it."""

    key: str
    median: float
    least: float
    most: float
    values: int
    doubt: str = ""

    @property
    def verdict(self) -> str:
        met = AIMS[self.key].met(self.median)
        if met is None:
            return ""
        if self.doubt:
            return f"no verdict: {self.doubt}"
        return "met" if met else "missed"

    @property
    def measured(self) -> str:
        """The median and, of several values, how far they lie apart."""
        unit = AIMS[self.key].unit
        if self.values == 1:
            return f"{told(self.median)} {unit}"
        return f"{told(self.median)} {unit} ({told(self.least)} to {told(self.most)})"


def figure(key: str, values: Sequence[float], doubt: str = "") -> Figure:
    """What came out, of all rounds. Raises KeyError for what is no aim."""
    assert AIMS[key]
    middle = statistics.median(values)
    return Figure(key, middle, min(values), max(values), len(values), doubt)


def told(value: float) -> str:
    """Three digits that mean something, never 1e+06."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass
class Part:
    """All that one part of the bench found out."""

    name: str
    short: bool = False
    figures: list[Figure] = field(default_factory=list)
    # Titles and rows of what lies behind the figures: one row a server or size.
    rows: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    date: str = ""
    minutes: float = 0
    machine: dict[str, str] = field(default_factory=dict)

    def tell(self, key: str, values: Sequence[float], doubt: str = "") -> Figure:
        """Keep a figure and print it at once: a run takes minutes."""
        found = figure(key, values, doubt or ("a short run" if self.short else ""))
        self.figures.append(found)
        aim = AIMS[key]
        said = f"{aim.number:<4} {aim.what}: {found.measured}"
        target = "" if aim.target == "–" else f"; target {aim.target}: {found.verdict}"
        print(said + target, flush=True)
        return found

    def note(self, words: str) -> None:
        """Something the reader of the figures must know."""
        self.notes.append(words)
        print(f"     {words}", flush=True)


def keep(part: Part, folder: Path = KEPT) -> Path:
    """Write it as JSON; a short run never replaces a whole one."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{part.name}{'-short' if part.short else ''}.json"
    file.write_text(json.dumps(asdict(part), indent=1, ensure_ascii=False) + "\n")
    return file


def kept(name: str, folder: Path = KEPT) -> Part | None:
    """The last whole run of a part; None if there was none."""
    file = folder / f"{name}.json"
    if not file.exists():
        return None
    read: dict[str, Any] = json.loads(file.read_text())
    read["figures"] = [Figure(**one) for one in read["figures"]]
    return Part(**read)
