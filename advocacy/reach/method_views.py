"""How figures are made, in words and with a sum to be done again."""

from flask.typing import ResponseReturnValue

from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach.ledger import best_guess
from advocacy.reach.method_queries import versions_used
from advocacy.reach.method_words import (
    in_hundred,
    level_name,
    size_name,
    version_words,
)
from advocacy.reach.parameters import all_in_force, changes, standing
from advocacy.reach.promises import one_figure_of_visits, year_promises
from advocacy.reach.quarters import size_on
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.tables import (
    FIRST_METHOD,
    ITEM_DAYS,
    ITEMS_A_MONTH,
    METHOD_VERSION,
    MOST_EDITIONS,
    OPENING_HOUR,
    PLAN,
    RELEASE_HOUR,
    SHARES_SHOWN_FROM,
    YEARLY_LIMIT,
    Size,
    Table,
    method_digest,
)
from advocacy.reach.words import rhythm_name
from advocacy.reach.worked_example import parts_example, visits_example
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.READ_REACH)
def method() -> ResponseReturnValue:
    """The whole method in words, with the numbers from the code that keeps to them."""
    today = now().date()
    with transaction(READER) as session:
        tables = all_in_force(session, today.year)
        raised = bool(standing(changes(session)))
        size = size_on(session, today)
        versions = versions_used(session, now())
    return shown_page(
        "reach/method.html",
        year=today.year,
        sizes=_published(tables),
        size=size,
        raised=raised,
        versions=[(one, versions.get(one)) for one in (METHOD_VERSION, FIRST_METHOD)],
        digest=method_digest(),
        hours=(f"{RELEASE_HOUR:02d}", f"{OPENING_HOUR:02d}"),
        items=(ITEM_DAYS, ITEMS_A_MONTH, SHARES_SHOWN_FROM),
        promises=year_promises(today.year),
        limit=YEARLY_LIMIT,
        at_limit=best_guess(YEARLY_LIMIT),
        one_figure=one_figure_of_visits(),
        drawn_twice=one_figure_of_visits(MOST_EDITIONS),
        example=visits_example(),
        parts=parts_example(),
        in_hundred=in_hundred,
        level_name=level_name,
        rhythm_name=rhythm_name,
        size_name=size_name,
        version_words=version_words,
    )


def _published(tables: dict[str, Table]) -> dict[Size, list[Table]]:
    return {
        size: [tables[one.name] for one in PLAN[size] if one.published] for size in PLAN
    }
