"""Figures as files: what is on the page, in numbers without signs, and nothing else."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response
from flask_babel import gettext as _

from advocacy.reach.queries import Figure
from advocacy.reach.sentences import notice
from advocacy.reach.words import about, metric_title
from advocacy.web import downloads

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
    return downloads.csv_file(header, map(_line, rows), name)


def json_file(rows: Iterable[Named], name: str) -> Response:
    """The same for programs; days are those of UTC, the last one included."""
    return downloads.json_file({"figures": [_record(row) for row in rows]}, name)


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
        "called": metric_title(figure.metric),
        "from": figure.window.start.isoformat(),
        "to": figure.window.last.isoformat(),
        "about": figure.value,
        "in_words": about(figure),
        "give_or_take": figure.margin,
        "colleagues": figure.heads,
        "published": figure.stands,
        "notice": figure.reason,
    }
