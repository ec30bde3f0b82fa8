"""The organisations that people may mention: one short list, kept by communications."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.outside import LINKEDIN
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.people.speaking import language_pressed
from advocacy.shares.cascades import cancel_for_mentions
from advocacy.shares.drafting import tidy
from advocacy.shares.named import known_mentions
from content.mentioning import (
    LONGEST_NAME,
    MentionRefused,
    all_mentions,
    keep_mention,
    take_off,
)
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@dataclass(frozen=True)
class OrganisationForm:
    """What is typed: a new organisation, or a change of the one of this id."""

    id: int | None = None
    name: str = ""
    number: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@requires(Permission.CURATE)
def organisations() -> ResponseReturnValue:
    """The list, with a form to add to it or to change one."""
    if request.method != "POST":
        return _page(OrganisationForm(), request.args.get("change", type=int))
    form = OrganisationForm(
        id=_number(request.form.get("id", "")),
        name=tidy(request.form.get("name", "")),
        number=tidy(request.form.get("number", "")),
    )
    if language_pressed():
        return _page(form)
    if request.form.get("do") == "remove" and form.id is not None:
        with _changing() as session:
            take_off(session, form.id)
        flash(_("Removed from the list. Posts that are on LinkedIn keep their link."))
        return redirect(url_for("curation.organisations"))
    return _kept(form)


def _kept(form: OrganisationForm) -> ResponseReturnValue:
    try:
        with _changing() as session:
            row = keep_mention(session, form.name, form.number, form.id)
    except MentionRefused as refused:
        errors = {where: _sentence(code) for where, code in refused.problems.items()}
        return _page(OrganisationForm(form.id, form.name, form.number, errors)), 422
    flash(_("Kept. Colleagues can write @%(name)s.", name=row.name))
    return redirect(url_for("curation.organisations"))


@contextmanager
def _changing() -> Iterator[Session]:
    """Colleagues confirmed what the list made of their text; another list is other text."""
    with transaction() as session:
        before = known_mentions(session, LINKEDIN)
        yield session
        cancel_for_mentions(session, LINKEDIN, before, now())


def _page(form: OrganisationForm, change: int | None = None) -> str:
    with transaction(READER) as session:
        rows = all_mentions(session)
    for row in rows:
        if row.id == change:
            form = OrganisationForm(row.id, row.name, row.network_id)
    return render_template("curation/organisations.html", rows=rows, form=form)


def _sentence(code: str) -> str:
    return {
        "missing": _("Fill this in."),
        "too_long": _(
            "Make it shorter: %(limit)s characters at most.", limit=LONGEST_NAME
        ),
        "twice": _("This name is on the list already."),
        "no_number": _(
            "This holds no number. Whoever runs their page sees it in the address, as in"
            " linkedin.com/company/12345678/admin."
        ),
    }[code]


def _number(sent: str) -> int | None:
    readable = sent.isascii() and sent.isdecimal() and len(sent) < 10
    return int(sent) if readable else None
