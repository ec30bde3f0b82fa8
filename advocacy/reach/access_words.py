"""Entries of the access log in words: what was done, and the numbers it was about."""

from datetime import date

from flask_babel import gettext as _

from advocacy.access_log.models import AccessEntry, Action, DoneAs
from advocacy.reach.method_words import full_name
from advocacy.reach.tables import TABLES
from advocacy.web.formats import day_and_year, number


def done_as(role: DoneAs) -> str:
    """What whoever did it was; never who."""
    return {
        DoneAs.OPERATOR: _("Operator, at a terminal of the server"),
        DoneAs.ADMINISTRATOR: _("Administrator"),
        DoneAs.AUDITOR: _("Auditor"),
    }[role]


def action_words(action: Action) -> str:
    """What was done."""
    return {
        Action.PERSON_ADDED: _("Added a person"),
        Action.UNITS_IMPORTED: _("Imported units"),
        Action.DATABASE_UPDATED: _("Updated the database"),
        Action.CHAINS_VERIFIED: _("Checked the seals of consents and figures"),
        Action.TOKENS_LOCKED: _("Locked all tokens with the newest key"),
        Action.POSTING_STOPPED: _("Paused posting"),
        Action.POSTING_RELEASED: _("Released posting"),
        Action.FIGURES_WITHDRAWN: _("Withdrew figures"),
        Action.FIGURES_REPLACED: _("Replaced figures"),
        Action.FIGURES_GIVEN_UP: _("Gave figures up that never came"),
        Action.PARAMETERS_PROPOSED: _("Asked for higher floors or noise"),
        Action.PARAMETERS_CONFIRMED: _("Confirmed higher floors or noise"),
        Action.PARAMETERS_REFUSED: _("Refused higher floors or noise"),
        Action.PARAMETERS_TAKEN_BACK: _(
            "Took back their own request for higher floors or noise"
        ),
        Action.CHANGE_TAKEN_BACK: _(
            "Took back higher floors or noise that were confirmed and did not count yet"
        ),
    }[action]


def details_words(entry: AccessEntry) -> str:
    """ "A group of units, quarter: colleagues who shared something; floor 150; year 2027"."""
    details = dict(entry.details)
    found = []
    table, metric = str(details.get("table")), str(details.get("metric"))
    if table in TABLES and "metric" in details:
        found.append(full_name(TABLES[table], metric))
        del details["table"], details["metric"]
    if not details.pop("kept", True):
        found.append(_("a trial run, nothing was changed"))
    named = _names()
    in_order = sorted(details, key=lambda name: [*named, name].index(name))
    found += [f"{named.get(one, one)} {_said(one, details[one])}" for one in in_order]
    return "; ".join(found)


def _names() -> dict[str, str]:
    """Of numbers and words in an entry, in the order in which they are said."""
    return {
        "roles": _("roles:"),
        "to": _("to version"),
        "table": _("table"),
        "first_day": _("first day"),
        "edition": _("edition"),
        "units": _("units"),
        "made": _("new units"),
        "removed": _("units removed"),
        "people": _("colleagues"),
        "moved": _("colleagues moved"),
        "without_unit": _("colleagues without a unit"),
        "year": _("from"),
        "floor": _("floor"),
        "sigma": _("sigma"),
    }


def _said(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if name == "first_day":
        return day_and_year(date.fromisoformat(str(value)))
    if isinstance(value, int) and name != "year":
        return number(value)
    return str(value)
