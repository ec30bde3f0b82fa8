"""What a person's own pages ask a worker to do for them, while they look."""

from celery import shared_task

from advocacy.accounts.renewing import RENEW, renew
from advocacy.shares.station import opened_station


@shared_task(name=RENEW, acks_late=True)
def renew_account(account_id: int) -> None:
    """Renew a token that is about to end, for the person who looked at the account."""
    renew(account_id, opened_station().outside)
