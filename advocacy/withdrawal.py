"""What withdrawing consent does in every slice: the one place that knows them all."""

from advocacy.accounts.revoking import forgetting
from advocacy.consent.cascade import Cascade
from advocacy.links.operations import freeze_links
from advocacy.outside import Outside
from advocacy.shares.cascades import cancel_for
from advocacy.shares.figures import forget_figures_of
from advocacy.web.runtime import CascadeStep


def withdrawal_cascade(outside: Outside) -> Cascade:
    """What the service does when a purpose ends."""
    return withdrawal_steps(forgetting(outside.vault, outside.sign_ons))


def withdrawal_steps(forget: CascadeStep) -> Cascade:
    """In this order: stop what is planned, let go of keys, of counting, of figures."""
    return (cancel_for, forget, freeze_links, forget_figures_of)
