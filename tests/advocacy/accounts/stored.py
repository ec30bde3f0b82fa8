"""What is stored: accounts and rounds here, tokens at the pretend network."""

from sqlalchemy import func, select

from advocacy.accounts.models import Account, ConnectingRound


def rows(session) -> tuple[int, int]:
    """How many accounts and open rounds there are."""
    session.expire_all()
    count = select(func.count())
    return (
        session.scalar(count.select_from(Account)),
        session.scalar(count.select_from(ConnectingRound)),
    )


def token_states(sandbox) -> list[str]:
    """The state of each token the network ever gave, sorted."""
    return sorted(token.status for token in sandbox.memory.tokens.values())
