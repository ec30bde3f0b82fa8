"""What withdrawing consent does in every slice: the one place that knows them all."""

from advocacy.accounts.revoking import forgetting
from advocacy.consent.cascade import Cascade
from advocacy.links.operations import freeze_links
from advocacy.outside import Outside
from advocacy.shares.cascades import cancel_for


def withdrawal_cascade(outside: Outside) -> Cascade:
    """In this order: stop what is planned, let go of the key, then of the counting."""
    return (cancel_for, forgetting(outside.vault, outside.sign_ons), freeze_links)
