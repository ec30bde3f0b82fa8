"""How the settings stand that change what happens with what is people's, and stood."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.access_log.models import SwitchState
from advocacy.access_log.queries import switch_history
from advocacy.access_log.switches import switches_of
from advocacy.access_log.words import switch_words, value_in_words
from advocacy.config import Settings
from advocacy.council.document import Section, Table
from advocacy.council.times import full_date


def switches(session: Session, settings: Settings) -> Section:
    """What this process was started with, and what workers wrote down."""
    changed = switch_history(session)
    nothing = () if changed else (_("Nothing was written down so far."),)
    rule = _(
        "Each is set by whoever runs the machines, before the service starts."
        " This says whether something is set, never an address or a secret."
    )
    return Section(
        "switches",
        _("Settings that matter"),
        (rule, *nothing),
        (_now(switches_of(settings)), *((_history(changed),) if changed else ())),
    )


def _now(stand: Mapping[str, str]) -> Table:
    said = switch_words()
    rows = tuple(
        (name, said[name], value_in_words(value)) for name, value in stand.items()
    )
    return Table(
        _("How they stand now"), (_("Setting"), _("What it does"), _("Now")), rows
    )


def _history(changed: Sequence[SwitchState]) -> Table:
    rows = tuple(
        (full_date(one.at), one.name, value_in_words(one.value)) for one in changed
    )
    return Table(
        _("How they stood, oldest first"),
        (_("From"), _("Setting"), _("Became")),
        rows,
    )
