"""What the attacks on released figures reached, as the last whole run wrote it down."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

import advocacy.reach
from advocacy.council.document import Section, Table
from advocacy.council.times import full_date
from advocacy.reach.tables import method_digest
from advocacy.web.formats import number

# Written by `./run privacy`; its shape is in tests/attacks/report.py.
FOUND = Path(advocacy.reach.__file__).with_name("attack_results.json")


def attacks(file: Path = FOUND) -> Section:
    """What the file says, if it is about this version's method."""
    found = _read(file)
    this = found is not None and found["method_digest"] == method_digest()
    if found is None or not this:
        return _section(_("The attacks were not run for this version of the method."))
    said = _(
        "%(count)s attacks were tried on %(day)s, up to %(trials)s times each, and"
        " first on exact totals: an attack that fails there shows nothing. An accuracy"
        " of 0.5 is a coin.",
        count=len({one["attack"] for one in found["attacks"]}),
        day=full_date(date.fromisoformat(found["made_on"])),
        trials=number(found["trials"]),
    )
    missing = ", ".join(found["not_tried"])
    more = (_("Not tried by this run: %(missing)s.", missing=missing),)
    return _section(said, *(more if missing else ()), tables=(_table(found),))


def _read(file: Path) -> dict[str, Any] | None:
    if not file.exists():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _section(*sentences: str, tables: tuple[Table, ...] = ()) -> Section:
    why = _(
        "A program plays somebody who wants to know what one colleague did, and reads"
        " all that may be read. It must not do better than promised."
    )
    return Section("attacks", _("Attacks on the figures"), (why, *sentences), tables)


def _table(found: dict[str, Any]) -> Table:
    head = (
        _("Attack"),
        _("On what"),
        _("On exact totals"),
        _("Reached"),
        _("At most"),
        _("Result"),
    )
    rows = tuple(
        (
            str(one["attack"]),
            str(one["what"]),
            str(one["naive"]),
            str(one["reached"]),
            str(one["bound"]),
            verdict(str(one["verdict"])),
        )
        for one in found["attacks"]
    )
    return Table(
        _("Each attack, with what it reached"), head, rows, english=(1, 2, 3, 4)
    )


def verdict(word: str) -> str:
    """What the suite says of one attack."""
    words = {
        "holds": _("withstood"),
        "BROKEN": _("not withstood"),
        "NO ATTACK": _("shows nothing: it fails on exact totals too"),
    }
    return words[word]
