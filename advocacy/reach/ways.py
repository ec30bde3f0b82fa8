"""The ways around the pages of figures: which there are depends on the reader's roles."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from advocacy.people.access import signed_in_person
from advocacy.people.roles import Permission

UNDER = {
    "reach.group": "reach.units",
    "reach.ledger_year": "reach.ledger",
    "reach.older_access": "reach.access_log",
}


@dataclass(frozen=True)
class Way:
    """One page there is a link to."""

    address: str
    words: str
    current: str = ""  # as aria-current has it: "page", "true" for a page under it


@dataclass(frozen=True)
class Ways:
    """Pages that belong together."""

    title: str
    pages: list[Way]


def ways() -> list[Ways]:
    """The pages this reader may open: first what they are about, then how they come about."""
    own = _allowed([("own_figures.page", _("My figures"), Permission.OWN_DATA)])
    about = [
        ("reach.page", _("The organisation"), Permission.READ_REACH),
        ("reach.units", _("All parts"), Permission.READ_UNITS),
        ("reach.items", _("Items"), Permission.READ_ITEMS),
    ]
    method = _allowed(
        [("reach.method", _("How figures are made"), Permission.READ_REACH)]
    )
    report = url_for("reach.method", _anchor="council-report")
    checking = [
        ("reach.parameters", _("Parameters"), Permission.READ_REACH),
        ("reach.ledger", _("Ledger"), Permission.READ_REACH),
        ("reach.attacks", _("Attacks"), Permission.READ_REACH),
        ("reach.seals", _("Seals"), Permission.AUDIT),
        ("reach.access_log", _("Access log"), Permission.AUDIT),
    ]
    found = [
        Ways(_("Figures"), _allowed(about)),
        Ways(
            _("The method"),
            [*method, Way(report, _("Works council report")), *_allowed(checking)],
        ),
        Ways(_("Under My shares"), own),
    ]
    return [one for one in found if one.pages]


def ways_back(*, is_own: bool) -> list[Way]:
    """From the page of one group to where there are links to it."""
    organisation = Way(url_for("reach.page", _anchor="own-part"), _("The organisation"))
    parts = _allowed([("reach.units", _("All parts"), Permission.READ_UNITS)])
    return [organisation, *parts] if is_own else parts


def _allowed(pages: list[tuple[str, str, Permission]]) -> list[Way]:
    may, here = signed_in_person().permissions, request.endpoint or ""
    return [
        Way(url_for(endpoint), words, _current(endpoint, here))
        for endpoint, words, needed in pages
        if needed in may
    ]


def _current(endpoint: str, here: str) -> str:
    if endpoint == here:
        return "page"
    return "true" if UNDER.get(here) == endpoint else ""
