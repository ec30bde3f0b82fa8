"""Figures as files: what is on the page, in numbers without signs, and nothing else."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from flask import Response, jsonify
from flask_babel import gettext as _

from advocacy.reach.queries import Figure
from advocacy.reach.sentences import notice
from advocacy.reach.words import about, metric_title

# Table programs take a file without this mark for another encoding, and spoil accents.
UTF8 = "\ufeff"
# A cell that begins so is run as a formula by table programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

# What a figure is of and when: a part's name or an item's title, and words for the time.
Named = tuple[str, str, Figure]


def csv_file(rows: Iterable[Named], name: str) -> Response:
    """One line a figure."""
    header = [
        _("Of"),
        _("Figure"),
        _("When"),
        _("About how many"),
        _("Give or take"),
        _("Colleagues"),
        _("Notice"),
    ]
    file = StringIO()
    lines = [[_safe(cell) for cell in _line(row)] for row in rows]
    csv.writer(file).writerows([header, *lines])
    answer = Response(UTF8 + file.getvalue(), mimetype="text/csv")
    return _named(answer, f"{name}.csv")


def json_file(rows: Iterable[Named], name: str) -> Response:
    """The same for programs; days are those of UTC, the last one included."""
    return _named(jsonify({"figures": [_record(row) for row in rows]}), f"{name}.json")


def _line(row: Named) -> Sequence[str]:
    of, when, figure = row
    return [
        of,
        metric_title(figure.metric),
        when,
        about(figure) if figure.value is None else str(figure.value),
        str(figure.margin),
        str(figure.heads),
        notice(figure),
    ]


def _record(row: Named) -> dict[str, Any]:
    of, _when, figure = row
    return {
        "of": of,
        "figure": figure.metric.value,
        "from": figure.window.start.isoformat(),
        "to": figure.window.last.isoformat(),
        "about": figure.value,
        "give_or_take": figure.margin,
        "colleagues": figure.heads,
        "published": figure.stands,
        "notice": figure.reason,
    }


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _named(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
