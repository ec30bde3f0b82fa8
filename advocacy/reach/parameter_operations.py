"""Raising floors and noise: one person proposes, a second one confirms, for next year.

Only upward, within bounds, never for a year that has begun (privacy.md 1.5, step 11).
Until it begins what was asked for or decided can be taken back: what is in force stays.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.errors import N_, NotAllowed, NotFound, TooLate
from advocacy.people.models import Person
from advocacy.people.roles import Permission
from advocacy.reach import chain
from advocacy.reach.models import HeadCount, Metric
from advocacy.reach.parameter_rows import (
    TAKEN_BACK,
    Outcome,
    ParameterChange,
    ParameterProposal,
)
from advocacy.reach.parameters import (
    changes,
    in_force,
    next_year,
    open_proposal,
    standing,
)
from advocacy.reach.snapshots import heads_on
from advocacy.reach.tables import TABLES
from advocacy.reach.wishes import (
    Wish,
    WishRefused,
    bounds,
    has,
    problems,
    raises_nothing,
)
from integrations.clock import now
from integrations.database import hold

LOCK = 0x504152414D53  # held by whoever proposes or decides, so that each sees the last


def propose(session: Session, person: Person, wish: Wish) -> ParameterProposal:
    """Write down what `person` wants from next year on. Raises WishRefused, NotAllowed."""
    _demand(person, Permission.PROPOSE_PARAMETERS)
    table = TABLES.get(wish.table)
    if table is None or not table.published or not has(table, wish.metric):
        raise WishRefused({"table": "unknown"})
    _wait_for_others(session)
    metric, year = Metric(wish.metric), next_year(now())
    most = bounds(table.name, metric, heads_on(session, now().date()))
    if found := problems(in_force(session, table, year), wish, most):
        raise WishRefused(found, most)
    if open_proposal(session, table.name, metric):
        raise WishRefused({"table": "waiting"})
    proposal = ParameterProposal(
        year=year,
        table=table.name,
        metric=metric,
        floor=wish.floor,
        sigma=wish.sigma,
        proposed_by=person.id,
        proposed_at=now(),
    )
    session.add(proposal)
    session.flush()
    _log(session, DoneAs.ADMINISTRATOR, Action.PARAMETERS_PROPOSED, proposal)
    return proposal


def to_confirm(session: Session, person: Person, proposal_id: int) -> ParameterProposal:
    """What `person` may confirm now.

    Raises NotAllowed to whoever proposed it, whatever their roles; NotFound; TooLate if
    it was decided before, or something higher was.
    """
    _demand(person, Permission.SECOND_KEY)
    proposal = _undecided(session, proposal_id)
    if proposal.proposed_by in {None, person.id}:
        raise NotAllowed(N_("Somebody other than who proposed it has to confirm it."))
    wish = Wish(proposal.table, proposal.metric, proposal.floor, proposal.sigma)
    table = in_force(session, TABLES[proposal.table], next_year(now()))
    if raises_nothing(table, wish):
        raise TooLate
    return proposal


def confirm(session: Session, person: Person, proposal_id: int) -> ParameterChange:
    """Make it count from the next 1 January on, and tell everybody.

    Raises what `to_confirm` raises.
    """
    _wait_for_others(session)
    proposal = to_confirm(session, person, proposal_id)
    proposal.year = next_year(now())  # it may have waited over New Year
    _close(proposal, Outcome.CONFIRMED)
    change = _change(session, proposal, proposal.floor, proposal.sigma)
    _log(session, DoneAs.AUDITOR, Action.PARAMETERS_CONFIRMED, proposal)
    return change


def refuse_proposal(session: Session, person: Person, proposal_id: int) -> None:
    """Close it; nothing changes. Raises NotAllowed, NotFound, TooLate."""
    _demand(person, Permission.SECOND_KEY)
    _wait_for_others(session)
    proposal = _undecided(session, proposal_id)
    _close(proposal, Outcome.REFUSED)
    session.flush()
    _log(session, DoneAs.AUDITOR, Action.PARAMETERS_REFUSED, proposal)


def take_proposal_back(session: Session, person: Person, proposal_id: int) -> None:
    """Close one's own; nothing changes. Raises NotAllowed, NotFound, TooLate."""
    _demand(person, Permission.PROPOSE_PARAMETERS)
    _wait_for_others(session)
    proposal = _undecided(session, proposal_id)
    if proposal.proposed_by != person.id:
        raise NotAllowed(N_("Only who asked for it can take it back."))
    _close(proposal, Outcome.TAKEN_BACK)
    session.flush()
    _log(session, DoneAs.ADMINISTRATOR, Action.PARAMETERS_TAKEN_BACK, proposal)


def take_change_back(session: Session, person: Person, change_id: int) -> None:
    """Let what was confirmed for a figure never count: whoever holds one of the two keys,
    as long as its year has not begun. Raises NotAllowed, NotFound, TooLate.

    It is a row more, sealed like the one it takes back.
    """
    _demand(person, Permission.TAKE_BACK_PARAMETERS)
    _wait_for_others(session)
    change = session.get(ParameterChange, change_id)
    if change is None:
        raise NotFound
    begun = change.year <= now().year or _is_counted_in(session, change.year)
    if begun or change not in standing(changes(session)):
        raise TooLate
    _change(session, change, TAKEN_BACK, TAKEN_BACK)
    auditor = Permission.SECOND_KEY in person.permissions
    role = DoneAs.AUDITOR if auditor else DoneAs.ADMINISTRATOR
    _log(session, role, Action.CHANGE_TAKEN_BACK, change)


def _is_counted_in(session: Session, year: int) -> bool:
    """Whether anything of that year was opened, whatever the clock says by now."""
    opened = select(HeadCount.window_start).where(
        HeadCount.window_start >= date(year, 1, 1)
    )
    return session.scalar(opened.limit(1)) is not None


def _change(
    session: Session,
    of: ParameterProposal | ParameterChange,
    floor: int | None,
    sigma: int | None,
) -> ParameterChange:
    change = ParameterChange(
        year=of.year,
        table=of.table,
        metric=of.metric,
        floor=floor,
        sigma=sigma,
        decided_at=now(),
    )
    chain.append(session, change)
    return change


def _undecided(session: Session, proposal_id: int) -> ParameterProposal:
    proposal = session.get(ParameterProposal, proposal_id, populate_existing=True)
    if proposal is None:
        raise NotFound
    if proposal.closed_at is not None:
        raise TooLate
    return proposal


def _close(proposal: ParameterProposal, outcome: Outcome) -> None:
    proposal.closed_at, proposal.outcome = now(), outcome


def _log(
    session: Session,
    role: DoneAs,
    action: Action,
    about: ParameterProposal | ParameterChange,
) -> None:
    said = {"floor": about.floor, "sigma": about.sigma}
    raised = {name: number for name, number in said.items() if number is not None}
    where = {"table": about.table, "metric": about.metric.value}
    log_access(session, role, action, **where, year=about.year, **raised)


def _demand(person: Person, permission: Permission) -> None:
    if permission not in person.permissions:
        raise NotAllowed(N_("This page is for colleagues with another role."))


def _wait_for_others(session: Session) -> None:
    hold(session, LOCK)
