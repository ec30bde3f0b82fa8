"""The numbers that hold, for everybody to read; raising them takes two people."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.people.speaking import language_pressed
from advocacy.reach.effect_words import effect_words
from advocacy.reach.effects import effect
from advocacy.reach.method_words import figure_name, full_name, size_name, table_name
from advocacy.reach.parameter_operations import propose
from advocacy.reach.parameter_rows import ParameterProposal
from advocacy.reach.parameters import (
    all_in_force,
    changes,
    next_year,
    open_proposals,
    standing,
)
from advocacy.reach.quarters import size_on
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.tables import PLAN, TABLES, Size, Table
from advocacy.reach.wish_form import WishForm
from advocacy.reach.wishes import WishRefused
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER

InForce = Mapping[str, Table]  # by name
PUBLISHED = {
    size: [table for table in tables if table.published]
    for size, tables in PLAN.items()
}


@requires(Permission.READ_REACH)
def parameters() -> ResponseReturnValue:
    """What holds, what was raised, what waits; a form for who may ask."""
    return _page(WishForm())


@requires(Permission.PROPOSE_PARAMETERS)
def propose_parameters() -> ResponseReturnValue:
    """Write the wish down for somebody else to decide, or say what is wrong with it."""
    form = WishForm.read(request.form)
    if language_pressed():
        return _page(WishForm(form.figure, form.floor, form.sigma))
    if form.errors:
        return _page(form), 422
    try:
        with transaction() as session:
            propose(session, signed_in_person(), form.wish())
    except WishRefused as refused:
        return _page(form, refused), 422
    year = next_year(now())
    flash(
        _(
            "Asked for. Once an auditor confirms it, it counts from 1 January %(year)s"
            " on.",
            year=year,
        )
    )
    return redirect(url_for("reach.parameters"))


def _page(form: WishForm, refused: WishRefused | None = None) -> str:
    at, person = now(), signed_in_person()
    year, later, may = at.year, next_year(at), person.permissions
    keys = {Permission.PROPOSE_PARAMETERS, Permission.SECOND_KEY} & may
    with transaction(READER) as session:
        present, coming = all_in_force(session, year), all_in_force(session, later)
        size = size_on(session, at.date())
        raised, waiting = changes(session), open_proposals(session)
        effects = _effects(session, waiting, coming, at) if keys else {}
    if refused:
        form = form.refused(refused.problems, refused.bounds, coming)
    open_still = {one.id for one in standing(raised) if one.year > year}
    return shown_page(
        "reach/parameters.html",
        form=form,
        years=(year, later),
        rows=_rows(present, coming),
        size=size,
        raised=[(one, TABLES[one.table]) for one in raised],
        waiting=[(one, TABLES[one.table]) for one in waiting],
        choices=_choices(size),
        effects=effects,
        may_ask=Permission.PROPOSE_PARAMETERS in may,
        may_decide=Permission.SECOND_KEY in may,
        may_end=open_still if Permission.TAKE_BACK_PARAMETERS in may else (),
        reader_id=person.id,
        figure_name=figure_name,
        full_name=full_name,
        size_name=size_name,
        table_name=table_name,
    )


def _rows(
    present: InForce, coming: InForce
) -> dict[Size, list[tuple[Table, Table, Table]]]:
    """By size: each table of the product, as it is this year, and next."""
    return {
        size: [(table, present[table.name], coming[table.name]) for table in tables]
        for size, tables in PUBLISHED.items()
    }


def _effects(
    session: Session,
    waiting: Sequence[ParameterProposal],
    coming: InForce,
    at: datetime,
) -> dict[int, list[str]]:
    return {
        one.id: effect_words(effect(session, one, coming[one.table], at), one.metric)
        for one in waiting
    }


def _choices(size: Size | None) -> list[tuple[str, str]]:
    """None is chosen beforehand; those of the organisation's own size come first."""
    found: dict[str, Table] = {
        one.name: one for one in (PUBLISHED[size] if size else ())
    }
    found |= {one.name: one for tables in PUBLISHED.values() for one in tables}
    return [
        ("", _("Choose a figure")),
        *(
            (f"{table.name}:{measure.metric}", full_name(table, measure.metric))
            for table in found.values()
            for measure in table.measures
        ),
    ]
