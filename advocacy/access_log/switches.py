"""The settings that change what happens with what is people's, in words.

No address and no secret: whether something is set, never what it is set to.
"""

from advocacy.config import Settings

ON, OFF = "on", "off"


def switches_of(settings: Settings) -> dict[str, str]:
    """How they stand, by the name of the setting."""
    return {
        "LINKEDIN_CLIENT_ID": _word(on=settings.linkedin_ready),
        "LINKEDIN_FIGURES_CLIENT_ID": _word(on=settings.linkedin_figures_ready),
        "MASTODON_BASE": _word(on=settings.mastodon_ready),
        "VISITORS_REDIS_URL": _word(on=bool(settings.visitors_redis_url)),
        "PROBE_DOUBTS": _word(on=settings.probe_doubts),
        "DEMO": _word(on=settings.demo),
        "PROXY_HOPS": str(settings.proxy_hops),
        "PRIVATE_HOSTS_ALLOWED": str(len(settings.private_hosts_allowed)),
        "TIME_ZONE": settings.time_zone,
    }


def _word(*, on: bool) -> str:
    return ON if on else OFF
