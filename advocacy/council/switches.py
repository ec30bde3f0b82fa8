"""How the settings stand that change what happens with what is people's, and stood."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.access_log.models import SwitchState
from advocacy.access_log.queries import switch_history
from advocacy.access_log.switches import OFF, ON, switches_of
from advocacy.config import Settings
from advocacy.council.document import Section, Table
from advocacy.council.times import full_date


def switches(session: Session, settings: Settings) -> Section:
    """What this process was started with, and what workers wrote down."""
    changed = switch_history(session)
    nothing = () if changed else (_("Nothing was written down so far."),)
    rule = _(
        "Each is set by whoever runs the machines, before the service starts."
        " This says whether something is set, never an address or a secret."
    )
    return Section(
        "switches",
        _("Settings that matter"),
        (rule, *nothing),
        (_now(switches_of(settings)), *((_history(changed),) if changed else ())),
    )


def _now(stand: Mapping[str, str]) -> Table:
    said = switch_words()
    rows = tuple(
        (name, said[name], value_in_words(value)) for name, value in stand.items()
    )
    return Table(
        _("How they stand now"), (_("Setting"), _("What it does"), _("Now")), rows
    )


def _history(changed: Sequence[SwitchState]) -> Table:
    rows = tuple(
        (full_date(one.at), one.name, value_in_words(one.value)) for one in changed
    )
    return Table(
        _("How they stood, oldest first"),
        (_("From"), _("Setting"), _("Became")),
        rows,
    )


def value_in_words(value: str) -> str:
    """ "on", "off", or the number or name that it is."""
    return {ON: _("on"), OFF: _("off")}.get(value, value)


def switch_words() -> dict[str, str]:
    """What each does, by its name in docs/settings.md."""
    return {
        "LINKEDIN_CLIENT_ID": _("Accounts on LinkedIn can be connected"),
        "LINKEDIN_FIGURES_CLIENT_ID": _(
            "People may have LinkedIn’s figures of their own posts read"
        ),
        "MASTODON_BASE": _("There is a Mastodon server to post to"),
        "VISITORS_REDIS_URL": _(
            "Fingerprints of a day’s visitors are shared by all processes, in memory"
            " alone"
        ),
        "PROBE_DOUBTS": _("A post in doubt is asked about by sending it once more"),
        "DEMO": _("Anybody may sign in as a sample person"),
        "PROXY_HOPS": _(
            "How many servers stand in front and pass addresses of visitors on"
        ),
        "PRIVATE_HOSTS_ALLOWED": _("How many internal servers items may lead to"),
        "TIME_ZONE": _("The clock, for people who chose none"),
    }
