"""The lists of units and of who is in which, as the personnel administration exports them.

Two columns, between commas or semicolons, in UTF-8. A file is read to its end whatever is
wrong with it, so that all of it can be mended at once.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import NamedTuple

from advocacy.people.unit_names import one_line

LONGEST_FILE = 20_000_000  # bytes; 100,000 people are about 5 million
LONGEST_NAME = 200
_END_OF_LINE = re.compile(rb"\r\n|\r|\n")
_BYTE_ORDER_MARK = "\ufeff"


class Fault(NamedTuple):
    """Something that keeps a file from being used."""

    line: int  # the first is 1; of what is missing, the last that says something
    words: str  # what was typed in it stands as a literal


@dataclass(frozen=True)
class Row:
    """Two fields of a file, without spaces around them."""

    line: int
    first: str
    second: str


@dataclass
class Read:
    """What stands in a file, and what is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_units(content: bytes) -> Read:
    """Rows of a unit and the one above it, which may be empty."""
    return _read(content, ("unit", "parent"), may_be_empty="parent")


def read_people(content: bytes) -> Read:
    """Rows of an address and the unit its owner is in."""
    return _read(content, ("email", "unit"), may_be_empty="")


def _read(content: bytes, columns: tuple[str, str], may_be_empty: str) -> Read:
    read = Read()
    text = _text(content, read.faults)
    records = _records(text, read.faults)
    header = [name.strip().lower() for name in next(records, (1, [""]))[1]]
    if text and header != list(columns):
        wanted = f"{columns[0]},{columns[1]}"
        read.faults.append(Fault(1, f"the first line has to be {wanted}"))
        return read
    for line, cells in records:
        if len(cells) != len(columns):
            read.faults.append(Fault(line, f"{len(cells)} fields instead of 2"))
            continue
        wrong = [
            Fault(line, f"{column}: {words}")
            for column, cell in zip(columns, cells, strict=True)
            if (words := _wrong(cell, may_be_empty=column == may_be_empty))
        ]
        read.faults += wrong
        if not wrong:
            read.rows.append(Row(line, *(" ".join(cell.split()) for cell in cells)))
    if not read.rows and not read.faults:
        read.faults.append(Fault(1, "there is nothing below the first line"))
    return read


def _text(content: bytes, faults: list[Fault]) -> str:
    """What the bytes say; nothing if they cannot be read."""
    if len(content) > LONGEST_FILE:
        where = _line_at(content, LONGEST_FILE)
        words = f"from here on larger than {LONGEST_FILE // 1_000_000} MB"
        faults.append(Fault(where, words))
    elif b"\0" in content:
        where = _line_at(content, content.index(b"\0"))
        faults.append(Fault(where, "a NUL byte: this is not text in UTF-8"))
    else:
        try:
            text = content.decode().removeprefix(_BYTE_ORDER_MARK)
        except UnicodeDecodeError as error:
            faults.append(Fault(_line_at(content, error.start), "this is not UTF-8"))
        else:
            if text.strip():
                return text
            faults.append(Fault(1, "the file is empty"))
    return ""


def _line_at(content: bytes, place: int) -> int:
    return len(_END_OF_LINE.findall(content, 0, place)) + 1


def _records(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Each with the number of its first line; empty lines are left out.

    The header decides what stands between two fields.
    """
    header = text.splitlines()[0] if text else ""
    delimiter = ";" if ";" in header else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(line, f"{error}"))


def _wrong(cell: str, *, may_be_empty: bool) -> str:
    """What is wrong with a field, in words; nothing if it can be used."""
    if not cell.strip():
        return "" if may_be_empty else "empty"
    if len(cell) > LONGEST_NAME:
        return f"longer than {LONGEST_NAME} signs"
    try:
        one_line(cell)
    except ValueError as error:
        return f"{cell!r}: {error}"
    return ""
