"""What was proposed and decided about figures is in the log, without who did it."""

import pytest

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.queries import entries
from advocacy.people.models import Person
from advocacy.people.roles import Role
from advocacy.reach.parameter_operations import (
    confirm,
    propose,
    refuse_proposal,
    take_change_back,
    take_proposal_back,
)
from advocacy.reach.wishes import Wish


def somebody(session, name, role):
    person = Person(name=name, email=f"{name}@x.example", role_names=[role.value])
    session.add(person)
    session.flush()
    return person


@pytest.mark.usefixtures("four_hundred")
def test_proposals_and_decisions_are_written_down_by_role(session):
    ada = somebody(session, "ada", Role.ADMINISTRATOR)
    otto = somebody(session, "otto", Role.AUDITOR)
    first = propose(session, ada, Wish("unit", "sharers", floor=150))
    refuse_proposal(session, otto, first.id)
    second = propose(session, ada, Wish("unit", "sharers", floor=150, sigma=8))
    change = confirm(session, otto, second.id)
    take_change_back(session, otto, change.id)
    third = propose(session, ada, Wish("unit", "sharers", floor=150))
    take_proposal_back(session, ada, third.id)

    about = {"table": "unit", "metric": "sharers", "year": second.year}
    both = about | {"floor": 150, "sigma": 8}
    done = [(one.role, one.action, one.details) for one in entries(session, most=9)]
    assert done == [
        (DoneAs.ADMINISTRATOR, Action.PARAMETERS_TAKEN_BACK, about | {"floor": 150}),
        (DoneAs.ADMINISTRATOR, Action.PARAMETERS_PROPOSED, about | {"floor": 150}),
        (DoneAs.AUDITOR, Action.CHANGE_TAKEN_BACK, both),
        (DoneAs.AUDITOR, Action.PARAMETERS_CONFIRMED, both),
        (DoneAs.ADMINISTRATOR, Action.PARAMETERS_PROPOSED, both),
        (DoneAs.AUDITOR, Action.PARAMETERS_REFUSED, about | {"floor": 150}),
        (DoneAs.ADMINISTRATOR, Action.PARAMETERS_PROPOSED, about | {"floor": 150}),
    ]
