"""Who else gets something: networks, the mail server, whoever runs the machines."""

from flask_babel import gettext as _

from advocacy.config import Settings
from advocacy.council.document import Section, Table
from integrations.linkedin.settings import LINKEDIN_API
from integrations.server_addresses import host_of

Row = tuple[str, str, str]


def recipients(settings: Settings) -> Section:
    """From the settings; what is not set up is said to be off."""
    head = (_("Who"), _("What they get"), _("Now"))
    rows = (*_networks(settings), *_machines(settings))
    return Section(
        "recipients",
        _("Who else gets something"),
        (
            _(
                "Nobody but those in the table. Pages load nothing from other servers, and"
                " there is no measuring of readers."
            ),
        ),
        (Table(_("Processors and recipients"), head, rows),),
    )


def _networks(settings: Settings) -> tuple[Row, ...]:
    return (
        (
            "LinkedIn",
            _(
                "The posts that somebody confirmed, and the key that somebody lent us"
                " for it"
            ),
            _linkedin(settings, on=settings.linkedin_ready),
        ),
        (
            _("LinkedIn, for figures"),
            _("The question how one’s own posts are doing, from who allowed it"),
            _linkedin(settings, on=settings.linkedin_figures_ready),
        ),
        (
            "Mastodon",
            _("The posts that somebody confirmed"),
            host_of(settings.mastodon_base) if settings.mastodon_ready else _("off"),
        ),
    )


def _machines(settings: Settings) -> tuple[Row, ...]:
    return (
        (
            _("A mail server"),
            _("Nothing: this version sends no mail"),
            _("off"),
        ),
        (
            _("Whoever runs the machines"),
            _("Everything that is stored, and the keys to it"),
            _(
                "%(host)s; ask your administrator who that is",
                host=host_of(settings.base_url),
            ),
        ),
    )


def _linkedin(settings: Settings, *, on: bool) -> str:
    if not on:
        return _("off")
    return _("on") if settings.linkedin_api_base == LINKEDIN_API else _("a stand-in")
