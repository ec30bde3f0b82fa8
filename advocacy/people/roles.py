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
    READ_REACH = "read released figures of the organisation"
    CURATE = "fill the library"
    WATCH = "see whether the service works, stop and release posting"


# Everybody who works here. No role sees another person's shares, clicks or consents, so
# there is no permission for that. Released figures of the whole organisation are for
# all (privacy.md 1.6).
EVERYBODY = frozenset(
    {
        Permission.READ_LIBRARY,
        Permission.SHARE,
        Permission.OWN_DATA,
        Permission.READ_REACH,
    }
)

BY_ROLE: dict[Role, frozenset[Permission]] = {
    Role.COMMUNICATIONS: frozenset({Permission.CURATE}),
    Role.MANAGER: frozenset(),
    Role.AUDITOR: frozenset(),
    Role.ADMINISTRATOR: frozenset({Permission.WATCH}),
}


def permissions_of(roles: list[Role]) -> frozenset[Permission]:
    """What somebody with these roles may do."""
    return EVERYBODY.union(*(BY_ROLE[role] for role in roles))
