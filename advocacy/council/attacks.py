"""What the attacks on released figures reached, as the last whole run wrote it down."""

from pathlib import Path

from flask_babel import gettext as _

from advocacy.council.document import Section, Table
from advocacy.council.times import full_date
from advocacy.reach.attack_findings import FOUND, Attack, Findings, findings
from advocacy.reach.attack_said import in_readers_language
from advocacy.reach.attack_words import attack_words, outcome
from advocacy.web.formats import number


def attacks(file: Path = FOUND) -> Section:
    """What the file says, if it is about this version's method."""
    found = findings(file)
    if found is None:
        return _section(_("The attacks were not run for this version of the method."))
    said = _(
        "%(count)s attacks were tried on %(day)s, up to %(trials)s times each, and"
        " first on exact totals: an attack that fails there shows nothing. An accuracy"
        " of %(coin)s is a coin. Each limit is what is promised and %(allowance)s for"
        " the measuring.",
        allowance=in_readers_language("0.02"),
        count=len(found.attacks),
        coin=in_readers_language("0.500"),
        day=full_date(found.made_on),
        trials=number(found.trials),
    )
    missing = ", ".join(found.not_tried)
    more = (_("Not tried by this run: %(missing)s.", missing=missing),)
    return _section(said, *(more if missing else ()), _live(), tables=_tables(found))


def _live() -> str:
    return _(
        "Administrators read one thing live and exactly: how many posts are stuck, wait"
        " or are in doubt, without names."
    )


def _section(*sentences: str, tables: tuple[Table, ...] = ()) -> Section:
    why = _(
        "A program plays somebody who wants to know what one colleague did, and reads"
        " all that may be read. It must not do better than promised."
    )
    return Section("attacks", _("Attacks on the figures"), (why, *sentences), tables)


def _tables(found: Findings) -> tuple[Table, ...]:
    """One line for each attack; then the rows that have nothing to compare with."""
    head = (_("Attack"), _("Result"), _("Nearest to its bound"), _("At most"))
    lines = Table(
        _("Each attack, with what it reached"),
        head,
        tuple(_line(one) for one in found.attacks),
    )
    alone = tuple(
        (
            f"{row.attack}: {in_readers_language(row.what)}",
            in_readers_language(row.naive),
        )
        for row in found.rows
        if row.succeeds is None
    )
    if not alone:
        return (lines,)
    return lines, Table(_("Not first tried on exact totals"), (), alone)


def _line(attack: Attack) -> tuple[str, ...]:
    nearest = attack.nearest
    return (
        f"{attack.name}. {attack_words(attack.name)}",
        outcome(attack),
        in_readers_language(nearest.reached),
        in_readers_language(nearest.bound),
    )
