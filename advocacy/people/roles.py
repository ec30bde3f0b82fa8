"""Roles add up; each gives permissions, and every route names the one it needs."""

from enum import StrEnum


class Role(StrEnum):
    """What a person does besides being an employee (product.md, "People")."""

    COMMUNICATIONS = "communications"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What a route may ask for."""

    READ_LIBRARY = "read the library"
    SHARE = "share items as oneself"
    OWN_DATA = "see and change what is one's own"
    READ_REACH = "read released figures of the organisation and of one's own unit"
    READ_UNITS = "read released figures of all units"
    READ_ITEMS = "read released figures of items"
    CURATE = "fill the library"
    WATCH = "see whether the service works, stop and release posting"
    PROPOSE_PARAMETERS = "propose higher floors and more noise for figures"
    SECOND_KEY = "confirm or refuse what was proposed for figures"
    TAKE_BACK_PARAMETERS = "take back what was confirmed for figures, before it counts"
    AUDIT = "read what was changed, switched and looked at by administrators"


# Everybody who works here. No role sees another person's shares, clicks or consents, so
# there is no permission for that. Released figures of the whole organisation, and of one's
# own unit, are for all (privacy.md 1.6).
EVERYBODY = frozenset(
    {
        Permission.READ_LIBRARY,
        Permission.SHARE,
        Permission.OWN_DATA,
        Permission.READ_REACH,
    }
)

# A manager sees what every employee of the unit sees, and no list of other units.
ALL_FIGURES = frozenset({Permission.READ_UNITS, Permission.READ_ITEMS})

BY_ROLE: dict[Role, frozenset[Permission]] = {
    Role.COMMUNICATIONS: frozenset({Permission.CURATE, *ALL_FIGURES}),
    Role.MANAGER: frozenset(),
    Role.AUDITOR: frozenset(
        {
            Permission.AUDIT,
            Permission.SECOND_KEY,
            Permission.TAKE_BACK_PARAMETERS,
            *ALL_FIGURES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.WATCH,
            Permission.PROPOSE_PARAMETERS,
            Permission.TAKE_BACK_PARAMETERS,
        }
    ),
}


def permissions_of(roles: list[Role]) -> frozenset[Permission]:
    """What somebody with these roles may do."""
    return EVERYBODY.union(*(BY_ROLE[role] for role in roles))
