"""Raising floors and noise: one person proposes, a second one confirms, for next year.

Only upward, within bounds, never for a year that has begun (privacy.md 1.5, step 11).
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.errors import N_, NotAllowed, NotFound, TooLate
from advocacy.people.models import Person
from advocacy.people.roles import Permission
from advocacy.reach import chain
from advocacy.reach.models import Metric
from advocacy.reach.parameter_rows import Outcome, ParameterChange, ParameterProposal
from advocacy.reach.parameters import in_force, next_year, open_proposal
from advocacy.reach.tables import TABLES, Table
from integrations.clock import now

LOCK = 0x504152414D53  # held by whoever proposes or decides, so that each sees the last
HIGHEST_FLOOR = 100_000
MOST_TIMES_SIGMA = 10


@dataclass(frozen=True)
class Wish:
    """Higher numbers for one figure; what is None stays. The floor is the table's."""

    table: str
    metric: str
    floor: int | None = None
    sigma: int | None = None


class WishRefused(Exception):
    """It cannot be proposed.

    `problems` are codes by field: "unknown" or "waiting" of the table, "missing",
    "not_raised" or "too_high" of the floor and of sigma.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def propose(session: Session, person: Person, wish: Wish) -> ParameterProposal:
    """Write down what `person` wants from next year on. Raises WishRefused, NotAllowed."""
    _demand(person, Permission.PROPOSE_PARAMETERS)
    table = TABLES.get(wish.table)
    if table is None or not table.published or not _has(table, wish.metric):
        raise WishRefused({"table": "unknown"})
    _wait_for_others(session)
    metric, year = Metric(wish.metric), next_year(now())
    if problems := _problems(in_force(session, table, year), wish):
        raise WishRefused(problems)
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


def confirm(session: Session, person: Person, proposal_id: int) -> ParameterChange:
    """Make it count from the next 1 January on, and tell everybody.

    Raises NotAllowed to whoever proposed it, whatever their roles; NotFound; TooLate if
    it was decided before, or something higher was.
    """
    proposal = _undecided(session, person, proposal_id)
    if proposal.proposed_by in {None, person.id}:
        raise NotAllowed(N_("Somebody other than who proposed it has to confirm it."))
    year = next_year(now())
    wish = Wish(proposal.table, proposal.metric, proposal.floor, proposal.sigma)
    if _problems(in_force(session, TABLES[proposal.table], year), wish):
        raise TooLate
    proposal.year = year  # it may have waited over New Year
    _close(proposal, Outcome.CONFIRMED)
    change = ParameterChange(
        year=year,
        table=proposal.table,
        metric=proposal.metric,
        floor=proposal.floor,
        sigma=proposal.sigma,
        decided_at=now(),
        previous_hash=chain.head(session, ParameterChange),
    )
    change.own_hash = chain.seal(change)
    session.add(change)
    session.flush()
    _log(session, DoneAs.AUDITOR, Action.PARAMETERS_CONFIRMED, proposal)
    return change


def refuse_proposal(session: Session, person: Person, proposal_id: int) -> None:
    """Close it; nothing changes. Raises NotAllowed, NotFound, TooLate."""
    proposal = _undecided(session, person, proposal_id)
    _close(proposal, Outcome.REFUSED)
    session.flush()
    _log(session, DoneAs.AUDITOR, Action.PARAMETERS_REFUSED, proposal)


def _undecided(session: Session, person: Person, proposal_id: int) -> ParameterProposal:
    _demand(person, Permission.SECOND_KEY)
    _wait_for_others(session)
    proposal = session.get(ParameterProposal, proposal_id, populate_existing=True)
    if proposal is None:
        raise NotFound
    if proposal.closed_at is not None:
        raise TooLate
    return proposal


def _close(proposal: ParameterProposal, outcome: Outcome) -> None:
    proposal.closed_at, proposal.outcome = now(), outcome


def _log(
    session: Session, role: DoneAs, action: Action, proposal: ParameterProposal
) -> None:
    said = {"floor": proposal.floor, "sigma": proposal.sigma}
    raised = {name: number for name, number in said.items() if number is not None}
    where = {"table": proposal.table, "metric": proposal.metric.value}
    log_access(session, role, action, **where, year=proposal.year, **raised)


def _demand(person: Person, permission: Permission) -> None:
    if permission not in person.permissions:
        raise NotAllowed(N_("This page is for colleagues with another role."))


def _wait_for_others(session: Session) -> None:
    session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _has(table: Table, metric: str) -> bool:
    return metric in {measure.metric for measure in table.measures}


def _problems(table: Table, wish: Wish) -> dict[str, str]:
    """What keeps the wish from raising `table`, as it would be in force without it."""
    if wish.floor is None and wish.sigma is None:
        return {"floor": "missing", "sigma": "missing"}
    most = TABLES[table.name].measure(wish.metric).sigma * MOST_TIMES_SIGMA
    sigma = table.measure(wish.metric).sigma
    said = {
        "floor": _problem(wish.floor, table.floor, HIGHEST_FLOOR),
        "sigma": _problem(wish.sigma, sigma, most),
    }
    return {field: code for field, code in said.items() if code}


def _problem(wanted: int | None, now_in_force: int, most: int) -> str:
    if wanted is None:
        return ""
    if wanted <= now_in_force:
        return "not_raised"
    return "too_high" if wanted > most else ""
