"""What LinkedIn is asked for, by what is to be done with it."""

from collections.abc import Mapping

from integrations.network import Capability

SCOPES: Mapping[Capability, tuple[str, ...]] = {
    Capability.POST: ("openid", "profile", "w_member_social"),
    # Of a second app: LinkedIn wants these products apart (linkedin.md 1.7).
    Capability.FIGURES: ("r_basicprofile", "r_member_postAnalytics"),
}
