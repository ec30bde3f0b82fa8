"""Answers that are kept as a file: what a table program opens, what a program reads."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from flask import Response, jsonify

# Table programs take a file without this mark for another encoding, and spoil accents.
UTF8 = "\ufeff"
# A cell that begins so is run as a formula by table programs, the wide signs by some.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where a semicolon or a tab parts cells, one begins behind it, whatever quotes say.
PARTED = re.compile(rf"([;\t]\s*)(?=[{re.escape(''.join(FORMULA))}])")


def csv_file(
    header: Sequence[str], lines: Iterable[Sequence[object]], name: str
) -> Response:
    """A table with its headings; what is None is an empty cell. `name` has no ending."""
    file = StringIO()
    csv.writer(file).writerows(
        [_safe(cell) for cell in line] for line in (header, *lines)
    )
    answer = Response(UTF8 + file.getvalue(), mimetype="text/csv")
    return as_file(answer, f"{name}.csv")


def json_file(document: dict[str, Any], name: str) -> Response:
    """The same for programs."""
    return as_file(jsonify(document), f"{name}.json")


def as_file(answer: Response, name: str) -> Response:
    """To be kept under this name, which is ours and plain ASCII, and not to be shown."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    text = PARTED.sub(r"\1'", text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
