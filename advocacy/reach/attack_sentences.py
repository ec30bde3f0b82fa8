"""All sentences of the attack suite's table, by the key under which a run writes them down.

The suite says them in English, pages in the reader's language.
"""

from advocacy.errors import N_

TABLES = {
    "organisation-small": N_("small organisation"),
    "organisation": N_("medium organisation"),
    "unit": N_("unit of a medium organisation"),
    "unit-clicks": N_("larger unit of a medium organisation"),
    "organisation-large": N_("large organisation"),
    "division": N_("division of a large organisation"),
    "unit-large": N_("unit of a large organisation"),
    "item": N_("one item"),
}
SIZES = {
    "small": N_("small organisation"),
    "medium": N_("medium organisation"),
    "large": N_("large organisation"),
}
WAYS = {
    "stored": N_("as stored"),
    "shown": N_("as shown"),
}
CASES = {
    "all took part": N_("all others took part"),
    "few took part": N_("nobody but %(number)s took part"),
    "all made up": N_("all others made up"),
    "all who share": N_("all who share"),
    "who shares much": N_("those with %(shares)s shares or more"),
}
WHAT = {
    "figure": N_("%(table)s, noise %(sigma)s, %(way)s"),
    "figure in a case": N_("%(table)s, noise %(sigma)s, %(case)s, %(way)s"),
    "visits handed over": N_("%(table)s, cap %(cap)s, noise %(sigma)s, %(way)s"),
    "taking part": N_("%(size)s, all figures on taking part (%(figures)s), %(way)s"),
    "with visits": N_(
        "%(size)s, visits of all others handed over too, typical person, %(way)s"
    ),
    "booked": N_(
        "%(size)s, all booked figures (%(figures)s), each asked for once more"
    ),
    "one quarter": N_(
        "%(size)s, figures of one quarter (%(figures)s) against each other, %(way)s"
    ),
    "whole less others": N_("organisation less all other units, as shown"),
    "now less then": N_("a unit now less the same unit then"),
    "remainder": N_("%(table)s, remainder below %(floor)s colleagues"),
    "joins": N_("somebody joins: the figure before and the figure after"),
    "leaves": N_("somebody leaves: the figure before and the figure after"),
    "moves": N_("somebody moves to another unit: the figure before and after"),
    "withdraws": N_("somebody withdraws: the figure before and the figure after"),
    "changed after": N_(
        "joined, left, moved and withdrew after the release, pages, files and rows read"
        " again"
    ),
    "read again": N_(
        "addresses: %(addresses)s, each read %(times)s times, two readers"
    ),
    "questions": N_("questions: %(asked)s, figures there or not"),
    "known sharers": N_("item with %(known)s known sharers, %(way)s"),
    "ranked": N_("%(heads)s colleagues, %(who)s"),
    "polled": N_("read hourly for %(hours)s hours, people sharing all the time"),
    "hours of change": N_("hours at which something changes, people sharing or not"),
    "work": N_(
        "work of a page (%(addresses)s addresses): database statements, rows and bytes"
    ),
    "erased": N_("erased after the release, pages, files and rows read again"),
    "run again": N_("the job run again, and each release asked for again"),
    "small units": N_(
        "units of %(one)s, %(two)s and %(three)s colleagues, alone in a figure"
    ),
    "near pairs": N_("pairs of groups that differ by too few colleagues"),
    "who shares": N_("groups and names that depend on who shares"),
    "sharers hidden": N_("%(table)s: people who shared, number or not"),
    "visits hidden": N_("%(table)s: visits, number or too few to show"),
    "item hidden": N_("one item: shares shown or not"),
    "few heads": N_("item offered to all in an organisation of %(heads)s"),
    "copies": N_("near-copies of an item (%(copies)s), all shared by the same people"),
    "forms": N_("forms sent: %(forms)s; people and units that are there afterwards"),
    "links told": N_("answers that differ, for a link never visited or often"),
    "links lead": N_("addresses the links of one story lead to, but one"),
    "links near": N_("links found beside a known one, codes of %(bits)s bits"),
    "links logged": N_("codes in logs, measurements and other pages"),
    "worlds": N_(
        "all routes, methods and forms, one person’s whole history; without the"
        " administrator’s page of the service, which counts posts in trouble"
    ),
    "figures of worlds": N_("the same, released figures: %(figures)s, same chance"),
}
CELLS = {
    "of": N_("%(part)s of %(whole)s"),
    "drawn again": N_("noise drawn again %(times)s times: %(right)s"),
    "booked again": N_(
        "%(booked)s more; replaced: %(replaced)s, then %(cost)s of %(limit)s"
    ),
    "trees": N_("%(part)s of %(whole)s invented organisations"),
    "answers": N_("answers that differ: %(differ)s; all %(said)s"),
    "answers at most": N_("%(differ)s; all %(said)s"),
    "hours changed": N_("hours with a change: %(hours)s"),
    "hours differ": N_("hours that differ: %(hours)s"),
    "early": N_("changes between hours of release: %(changes)s"),
    "work differs": N_("addresses that differ: %(differ)s; statements: %(statements)s"),
    "figures changed": N_("figures that change: %(figures)s"),
    "changed of": N_("changed: %(changed)s of %(all)s"),
    "refused": N_("new draws: %(draws)s; refused: %(refused)s of %(asked)s"),
    "all refused": N_("0, and all refused"),
    "with a figure": N_("items with a figure: %(items)s"),
    "rows": N_("rows: %(rows)s"),
    "few hidden too": N_("– exact totals hide fewer than five people too"),
    "no figures": N_("– forms are attacked here, not figures"),
    "made": N_("made: %(made)s; forms accepted: %(accepted)s"),
    "differ of": N_("answers that differ: %(differ)s of %(all)s"),
    "moved": N_("moved by more than one person may: %(too_far)s of %(moved)s"),
}
SENTENCES = TABLES | SIZES | WAYS | CASES | WHAT | CELLS
