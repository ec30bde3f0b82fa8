"""What is said about an address that cannot be used, or a page that could not be read."""

from flask_babel import gettext as _

from integrations.errors import NotDone


def address_refused(code: str) -> str:
    """Why this cannot be the address of an item."""
    return {
        "no_scheme": _("Begin the address with https://"),
        "not_http": _(
            "Only addresses that begin with https:// or http:// can be shared."
        ),
        "credentials": _("This address has a name or password in it. Take that out."),
        "private": _(
            "This address leads into our own network. Readers outside cannot open it."
        ),
        "port": _("This address has a port number that is not for web pages."),
        "unresolvable": _(
            "This site could not be found."
            " Check the address, or try again in a few minutes."
        ),
        "too_long": _("This address is too long to share."),
        "bad": _(
            "This is not an address we can read. Copy it from the browser once more."
        ),
    }[code]


def page_not_read(error: NotDone) -> str:
    """Why title and picture could not be fetched, and what to do instead."""
    why = {
        "slow": _("The page took too long to answer."),
        "answer": _("The page answers with an error."),
        "redirects": _("The page sends us on too many times."),
    }.get(error.code, _("The page could not be reached."))
    return _(
        "%(why)s Everything is kept. Fill in the title yourself, or try again.", why=why
    )
