"""The attacks in words that need no mathematics, and what came of them."""

from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.reach.attack_findings import Attack


def attack_words(attack: str) -> str:
    """What somebody tries, by its number in the suite; an unknown one is its number."""
    words = {
        "A1": _("Knows of all others whether they take part, and reads one figure"),
        "A2": _("Knows the same, and reads every figure of a whole year"),
        "A3": _("Takes parts from the whole, and periods from each other"),
        "A4": _("Compares before and after somebody joins, leaves, moves or withdraws"),
        "A5": _("Asks the same a thousand times, in every format"),
        "A6": _("Asks for what is not offered: filters, parameters"),
        "A7": _("Knows public posts of an item, and looks for one person’s visits"),
        "A8": _("Puts people in an order by a year of items and all public posts"),
        "A9": _("Watches when something changes"),
        "A10": _("Compares before and after somebody is erased"),
        "A11": _("Looks for small teams"),
        "A12": _("Everybody shares, or nobody does"),
        "A13": _("Reads from what is missing"),
        "A14": _("Offers an item to few people, or the same one many times"),
        "A15": _("Invents colleagues or units"),
        "A16": _("Looks for counts at the short links"),
        "A17": _("All others hand over their own visits"),
        "A18": _("Compares two worlds that differ in one person"),
    }
    return words.get(attack, attack)


def verdict_words(verdict: str) -> str:
    """What came of one attack."""
    words = {
        "holds": _("withstood"),
        "BROKEN": _("not withstood"),
        "NO ATTACK": _("shows nothing: it fails on exact totals too"),
    }
    return words[verdict]


def outcome(attack: Attack) -> str:
    """What came of all lines of one attack."""
    lines = len(attack.rows)
    if not attack.failed:
        return ngettext(
            "One attempt, withstood", "%(num)s attempts, all withstood", lines
        )
    return ngettext(
        "One attempt of %(lines)s was not withstood, or shows nothing",
        "%(num)s attempts of %(lines)s were not withstood, or show nothing",
        attack.failed,
        lines=lines,
    )
