"""What the editors' pages need of the settings."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from advocacy.web.language import city
from advocacy.web.runtime import runtime
from integrations.files import Files


@dataclass(frozen=True)
class House:
    """The organisation an item is made in."""

    organisation: str
    zone: ZoneInfo
    allowed: tuple[str, ...]  # private hosts that addresses may name
    files: Files

    @property
    def city(self) -> str:
        """The zone as people name it."""
        return city(self.zone.key)


def house() -> House:
    """The one this request is for."""
    parts = runtime()
    return House(
        organisation=parts.settings.organisation,
        zone=ZoneInfo(parts.settings.time_zone),
        allowed=parts.settings.private_hosts_allowed,
        files=parts.outside.files,
    )
