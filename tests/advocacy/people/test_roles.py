"""Who may do what beside what everybody may: written down once more, on purpose."""

import pytest

from advocacy.people.roles import EVERYBODY, Permission, Role, permissions_of

BESIDES = {
    Role.COMMUNICATIONS: {
        Permission.CURATE,
        Permission.READ_UNITS,
        Permission.READ_ITEMS,
    },
    Role.MANAGER: set(),
    Role.AUDITOR: {
        Permission.READ_UNITS,
        Permission.READ_ITEMS,
        Permission.AUDIT,
        Permission.SECOND_KEY,
        Permission.TAKE_BACK_PARAMETERS,
    },
    Role.ADMINISTRATOR: {
        Permission.WATCH,
        Permission.PROPOSE_PARAMETERS,
        Permission.TAKE_BACK_PARAMETERS,
    },
}


@pytest.mark.parametrize("role", Role)
def test_a_role_adds_these_permissions_and_no_others(role):
    assert permissions_of([role]) - EVERYBODY == BESIDES[role]


def test_everybody_reads_what_the_own_manager_reads():
    assert permissions_of([Role.MANAGER]) == permissions_of([])


def test_no_single_role_both_proposes_and_confirms():
    both = {Permission.PROPOSE_PARAMETERS, Permission.SECOND_KEY}
    assert not [role for role in Role if both <= permissions_of([role])]


def test_every_permission_belongs_to_somebody():
    assert permissions_of(list(Role)) == set(Permission)
