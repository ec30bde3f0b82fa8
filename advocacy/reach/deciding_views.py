"""The second key, with a page in between that says what it does; and taking things back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.reach import parameter_operations as operations
from advocacy.reach.effect_words import effect_words
from advocacy.reach.effects import effect
from advocacy.reach.method_words import full_name, table_name
from advocacy.reach.parameters import in_force, next_year
from advocacy.reach.tables import TABLES
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.SECOND_KEY)
def confirm_parameters(proposal_id: int) -> ResponseReturnValue:
    """What it does from the next 1 January on, and the button; from then on it counts."""
    if request.method != "POST":
        return _question(proposal_id)
    with transaction() as session:
        change = operations.confirm(session, signed_in_person(), proposal_id)
        year = change.year
    flash(_("Confirmed. It counts from 1 January %(year)s on.", year=year))
    return redirect(url_for("reach.parameters"))


@requires(Permission.SECOND_KEY)
def refuse_parameters(proposal_id: int) -> ResponseReturnValue:
    """Nothing changes; the same can be asked for again."""
    with transaction() as session:
        operations.refuse_proposal(session, signed_in_person(), proposal_id)
    flash(_("Refused. Nothing changes."))
    return redirect(url_for("reach.parameters"))


@requires(Permission.PROPOSE_PARAMETERS)
def take_proposal_back(proposal_id: int) -> ResponseReturnValue:
    """One's own, before anybody decided it."""
    with transaction() as session:
        operations.take_proposal_back(session, signed_in_person(), proposal_id)
    flash(_("Taken back. Nothing changes, and you can ask for something else."))
    return redirect(url_for("reach.parameters"))


@requires(Permission.TAKE_BACK_PARAMETERS)
def take_change_back(change_id: int) -> ResponseReturnValue:
    """What was confirmed, before its year begins."""
    with transaction() as session:
        operations.take_change_back(session, signed_in_person(), change_id)
    flash(_("Taken back. What holds this year holds next year as well."))
    return redirect(url_for("reach.parameters"))


def _question(proposal_id: int) -> str:
    at = now()
    with transaction(READER) as session:
        proposal = operations.to_confirm(session, signed_in_person(), proposal_id)
        table = TABLES[proposal.table]
        standing = in_force(session, table, next_year(at))
        found = effect(session, proposal, standing, at)
    return render_template(
        "reach/confirm.html",
        one=proposal,
        name=full_name(table, proposal.metric),
        table_name=table_name(table),
        effects=effect_words(found, proposal.metric),
        years=(at.year, next_year(at)),
    )
