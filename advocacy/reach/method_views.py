"""How figures are made, in words."""

from flask import render_template
from flask.typing import ResponseReturnValue

from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach.ledger import best_guess, spent
from advocacy.reach.tables import (
    BY_HEADS,
    FIRST_METHOD,
    RELEASE_HOUR,
    YEARLY_LIMIT,
)
from advocacy.reach.words import metric_title, rhythm_name
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.READ_REACH)
def method() -> ResponseReturnValue:
    """The whole method in words, with the numbers from the code that keeps to them."""
    year = now().year
    with transaction(READER) as session:
        this_year = spent(session, year)
    return render_template(
        "reach/method.html",
        by_heads=BY_HEADS,
        version=FIRST_METHOD,
        release_hour=RELEASE_HOUR,
        year=year,
        spent=this_year,
        limit=YEARLY_LIMIT,
        best_at_limit=round(100 * best_guess(YEARLY_LIMIT)),
        metric_title=metric_title,
        rhythm_name=rhythm_name,
    )
