"""Which purpose each connection serves, and which app asks for it.

LinkedIn wants reading figures in an app of its own, so a person who allows both connects
twice (linkedin.md 1.7). For us the second app is one more network.
"""

from collections.abc import Iterable, Mapping

from advocacy.config import Settings
from advocacy.consent import purposes
from advocacy.consent.models import Purpose
from advocacy.consent.purposes import Offer, capabilities_of
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES
from integrations.network import Capability

OFFERS: Mapping[str, Offer] = {
    offer.network: offer for offer in purposes.OFFERS if offer.network
}


def purpose_of(network: str) -> Purpose:
    """What has to be on for an account to be connected there."""
    return OFFERS[network].purpose


def networks_of(purpose: Purpose) -> list[str]:
    """Where a person's accounts go when a purpose ends."""
    return [name for name, offer in OFFERS.items() if offer.purpose is purpose]


def wanted_of(network: str, on: Iterable[Purpose]) -> frozenset[Capability]:
    """Everything the network's app is asked for, in one round: a later round for more
    would end the tokens of the earlier one (linkedin.md 1.1).
    """
    return capabilities_of({*on} & {purpose_of(network)})


def client_id_of(network: str, settings: Settings) -> str:
    """The app that asks; empty where there is none."""
    return {
        LINKEDIN: settings.linkedin_client_id,
        LINKEDIN_FIGURES: settings.linkedin_figures_client_id,
    }.get(network, "")
