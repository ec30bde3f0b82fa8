"""Settings that are written down, in words."""

from flask_babel import gettext as _

from advocacy.access_log.switches import OFF, ON


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
