"""What withdrawing consent does in every slice: the one place that knows them all."""

from advocacy.accounts.revoking import forgetting
from advocacy.consent.cascade import Cascade, CascadeStep
from advocacy.links.operations import freeze_links
from advocacy.outside import Outside
from advocacy.shares.cascades import cancel_and_leave, cancel_for
from advocacy.shares.figures import forget_figures_of


def withdrawal_cascade(outside: Outside, *, delete_again: bool = True) -> Cascade:
    """What the service does when a purpose ends.

    Only the person may have a post that is just leaving stay (`delete_again`): when
    they leave, or are erased, it never does.
    """
    forget = forgetting(outside.vault, outside.sign_ons)
    return withdrawal_steps(forget, delete_again=delete_again)


def withdrawal_steps(forget: CascadeStep, *, delete_again: bool = True) -> Cascade:
    """In this order: stop what is planned, let go of keys, of counting, of figures."""
    stop = cancel_for if delete_again else cancel_and_leave
    return (stop, forget, freeze_links, forget_figures_of)
