"""Switches are told by their words, without what they are set to."""

from pathlib import Path

from advocacy.access_log.switches import switches_of
from tests.conftest import make_settings

SECRETS = {
    "linkedin_figures_client_id": "figures-client",
    "linkedin_figures_client_secret": "figures-secret",
    "mastodon_base": "https://social.veenstroom.example",
    "mastodon_client_id": "mastodon-client",
    "visitors_redis_url": "redis://:secret@visitors.example:6379/0",
    "private_hosts_allowed": ("intranet.veenstroom.example:443",),
}


def test_switches_stand_as_the_settings_say(tmp_path: Path) -> None:
    plain = make_settings("postgresql://x", "redis://x", tmp_path, demo=False)
    assert switches_of(plain) == {
        "LINKEDIN_CLIENT_ID": "on",
        "LINKEDIN_FIGURES_CLIENT_ID": "off",
        "MASTODON_BASE": "off",
        "VISITORS_REDIS_URL": "off",
        "PROBE_DOUBTS": "off",
        "DEMO": "off",
        "PROXY_HOPS": "0",
        "PRIVATE_HOSTS_ALLOWED": "0",
        "TIME_ZONE": "Europe/Amsterdam",
    }


def test_no_address_and_no_secret_is_among_them(tmp_path: Path) -> None:
    full = make_settings(
        "postgresql://x",
        "redis://x",
        tmp_path,
        probe_doubts=True,
        proxy_hops=2,
        **SECRETS,
    )
    switches = switches_of(full)
    assert set(switches.values()) == {"on", "2", "1", "Europe/Amsterdam"}


def test_each_is_a_setting_that_administrators_know_by_that_name(
    tmp_path: Path,
) -> None:
    documented = Path("docs/settings.md").read_text()
    plain = make_settings("postgresql://x", "redis://x", tmp_path)
    assert all(f"`{name}`" in documented for name in switches_of(plain))
