"""What LinkedIn is asked for, by what is to be done with it."""

from collections.abc import Mapping

from integrations.network import Capability

SCOPES: Mapping[Capability, tuple[str, ...]] = {
    Capability.POST: ("openid", "profile", "w_member_social"),
}
