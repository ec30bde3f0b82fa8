"""What Mastodon is asked for, by what is to be done with it."""

from collections.abc import Mapping

from integrations.network import Capability

# A status tells anybody who may see it how it is doing, so figures need no scope; they
# are not read here yet.
SCOPES: Mapping[Capability, tuple[str, ...]] = {
    Capability.POST: ("read:accounts", "write:media", "write:statuses"),
}


def scopes_for(wanted: frozenset[Capability]) -> frozenset[str]:
    """The scopes that these need, and no others."""
    return frozenset(scope for each in wanted for scope in SCOPES.get(each, ()))
