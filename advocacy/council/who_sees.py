"""Which role may do what: the permissions that every page asks for, in words."""

from flask_babel import gettext as _

from advocacy.council.document import Section, Table
from advocacy.people.roles import BY_ROLE, EVERYBODY, Permission, Role


def who_sees() -> Section:
    """A row for each permission, a column for each role."""
    return Section(
        "who-sees-what",
        _("Who sees what"),
        (
            _(
                "Everybody is an employee; further roles add to that. Every page asks"
                " for one of these permissions, and there is no other."
            ),
            _(
                "No permission shows somebody else’s shares, visits or answers, so no"
                " role can. Released figures of the whole organisation and of one’s"
                " own part of it are for every colleague."
            ),
        ),
        (_table(),),
    )


def _table() -> Table:
    names = role_names()
    return Table(
        _("Permissions by role"),
        (_("Permission"), _("Every employee"), *(names[role] for role in BY_ROLE)),
        tuple(_row(permission, words) for permission, words in permissions().items()),
    )


def _row(permission: Permission, words: str) -> tuple[str, ...]:
    everybody = permission in EVERYBODY
    held = [everybody, *(everybody or permission in may for may in BY_ROLE.values())]
    return (words, *(_("yes") if one else _("no") for one in held))


def role_names() -> dict[Role, str]:
    """What each role is called."""
    return {
        Role.COMMUNICATIONS: _("Communications"),
        Role.MANAGER: _("Manager"),
        Role.AUDITOR: _("Auditor, works council"),
        Role.ADMINISTRATOR: _("Administrator"),
    }


def permissions() -> dict[Permission, str]:
    """What each allows."""
    return {
        Permission.READ_LIBRARY: _("Read the library"),
        Permission.SHARE: _("Share items as oneself"),
        Permission.OWN_DATA: _("See and change what is one’s own"),
        Permission.READ_REACH: _(
            "Read released figures of the organisation and of one’s own unit"
        ),
        Permission.READ_UNITS: _("Read released figures of all units"),
        Permission.READ_ITEMS: _("Read released figures of items"),
        Permission.CURATE: _("Fill the library"),
        Permission.WATCH: _("See whether the service works, stop and release posting"),
        Permission.PROPOSE_PARAMETERS: _(
            "Propose higher floors and more noise for figures"
        ),
        Permission.SECOND_KEY: _("Confirm or refuse what was proposed for figures"),
        Permission.TAKE_BACK_PARAMETERS: _(
            "Take back what was confirmed for figures, before it counts"
        ),
        Permission.AUDIT: _(
            "Read what was changed, switched and looked at by administrators"
        ),
    }
