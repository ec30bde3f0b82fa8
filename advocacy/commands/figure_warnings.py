"""What is said before figures are taken back, drawn anew or given up."""

from fractions import Fraction

from advocacy.reach.outlook import Outlook
from advocacy.reach.tables import MOST_EDITIONS, YEARLY_LIMIT

GIVING_UP = (
    "These figures then never come, and that cannot be undone.",
    (
        "From the next seven o'clock (UTC) on your reason stands in their place, for"
        " everybody who could have read them. It costs nothing of the year's limit."
    ),
)


def withdrawing(found: Outlook) -> list[str]:
    """What stands, that it is for good, and whether anything can come instead."""
    return [
        (
            f"This takes back {found.figures} figures (edition {found.edition}), and that"
            " cannot be undone."
        ),
        (
            "From the next seven o'clock (UTC) on your reason stands where they stood, for"
            " everybody who could read them. What they cost stays spent."
        ),
        _instead(found),
    ]


def replacing(found: Outlook) -> list[str]:
    """What it costs, and that it is the last time."""
    return [
        (
            f"This draws the figures anew as edition {found.edition + 1}, and that cannot"
            " be undone."
        ),
        _costs(found),
        f"There are {MOST_EDITIONS} editions at most: these are not replaced again.",
    ]


def _instead(found: Outlook) -> str:
    if found.obstacle:
        return f"Nothing can come instead of them: {found.obstacle}. {_year(found)}"
    return f"replace-figures can draw them anew, once. {_costs(found)}"


def _costs(found: Outlook) -> str:
    if not found.cost:
        return "It costs nothing of the year's limit, which is for taking part."
    return (
        f"It costs {_amount(found.cost)}; of {found.year} then"
        f" {_amount(found.spent + found.cost)} of {_amount(YEARLY_LIMIT)} are spent."
    )


def _year(found: Outlook) -> str:
    return (
        f"Of {found.year} {_amount(found.spent)} of {_amount(YEARLY_LIMIT)} are spent."
    )


def _amount(costs: Fraction) -> str:
    return f"{float(costs):.3f}"
