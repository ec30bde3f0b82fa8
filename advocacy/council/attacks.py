"""What the attacks on released figures reached, as the last whole run wrote it down."""

from pathlib import Path

from flask_babel import gettext as _

from advocacy.council.document import Section, Table
from advocacy.council.times import full_date
from advocacy.reach.attack_findings import FOUND, Findings, findings
from advocacy.reach.attack_words import verdict_words
from advocacy.web.formats import number


def attacks(file: Path = FOUND) -> Section:
    """What the file says, if it is about this version's method."""
    found = findings(file)
    if found is None:
        return _section(_("The attacks were not run for this version of the method."))
    said = _(
        "%(count)s attacks were tried on %(day)s, up to %(trials)s times each, and"
        " first on exact totals: an attack that fails there shows nothing. An accuracy"
        " of 0.5 is a coin.",
        count=len({row.attack for row in found.rows}),
        day=full_date(found.made_on),
        trials=number(found.trials),
    )
    missing = ", ".join(found.not_tried)
    more = (_("Not tried by this run: %(missing)s.", missing=missing),)
    return _section(said, *(more if missing else ()), tables=(_table(found),))


def _section(*sentences: str, tables: tuple[Table, ...] = ()) -> Section:
    why = _(
        "A program plays somebody who wants to know what one colleague did, and reads"
        " all that may be read. It must not do better than promised."
    )
    return Section("attacks", _("Attacks on the figures"), (why, *sentences), tables)


def _table(found: Findings) -> Table:
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
            row.attack,
            row.what,
            row.naive,
            row.reached,
            row.bound,
            verdict_words(row.verdict),
        )
        for row in found.rows
    )
    return Table(
        _("Each attack, with what it reached"), head, rows, english=(1, 2, 3, 4)
    )
