"""The table of numbers in docs/publishing.md says what the code says."""

import re
from datetime import timedelta
from importlib import import_module

from advocacy.demo.environment import ROOT

DOCUMENT = (ROOT / "docs" / "publishing.md").read_text()
WORKER = "advocacy/worker.py"  # reads the environment where it is imported
SECONDS = {"s": 1, "min": 60, "h": 60 * 60, "days": 24 * 60 * 60, "": 1}
ROW = re.compile(r"^\| (`[A-Z_]+`.*?) \| (.+) \| (.+) \|$", re.MULTILINE)


def _told(words: str) -> list[float]:
    """The numbers of a row, times in seconds; a unit counts for all before it."""
    found = re.findall(r"([\d.]+)(?: (s|min|h|days)\b)?", words)
    told, unit = [], ""
    for number, own_unit in reversed(found):
        unit = own_unit or unit
        told.append(float(number) * SECONDS[unit])
    return told[::-1]


def _in_code(name: str, files: list[str]) -> float:
    if files == [WORKER]:
        found = re.search(
            rf"^{name} = ([\d.]+)", (ROOT / WORKER).read_text(), re.MULTILINE
        )
        assert found is not None, name
        return float(found[1])
    modules = [import_module(f"advocacy.shares.{file[:-3]}") for file in files]
    value = next(getattr(one, name) for one in modules if hasattr(one, name))
    return float(
        value / timedelta(seconds=1) if isinstance(value, timedelta) else value
    )


def test_every_number_of_the_table_is_the_one_in_the_code() -> None:
    rows = ROW.findall(DOCUMENT)
    assert len(rows) >= 16
    quoted = re.compile("`([^`]+)`")
    told = {names: _told(words) for names, words, _files in rows}
    assert told == {
        names: [_in_code(one, quoted.findall(files)) for one in quoted.findall(names)]
        for names, _words, files in rows
    }
