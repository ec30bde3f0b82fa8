"""What a person's own pages ask a worker to do for them, while they look."""

from celery import shared_task

from advocacy.accounts.renewing import RENEW, renew
from advocacy.shares.figures import forget_old_figures
from advocacy.shares.reading_figures import READ_FIGURES, read_figures
from advocacy.shares.station import opened_station
from integrations.clock import now
from integrations.database import transaction


@shared_task(name=RENEW, acks_late=True)
def renew_account(account_id: int) -> None:
    """Renew a token that is about to end, for the person who looked at the account."""
    renew(account_id, opened_station().outside)


@shared_task(name=READ_FIGURES, acks_late=True)
def read(person_id: int) -> None:
    """Read the network's figures of the posts of the person who looks at them."""
    read_figures(person_id, opened_station().outside)


@shared_task(name="shares.forget_figures", acks_late=True)
def forget_figures() -> None:
    """Every hour: figures that were read two days ago."""
    with transaction() as session:
        forget_old_figures(session, now())
