"""The grant that LinkedIn's answer about a token stands for."""

from datetime import timedelta
from typing import Any

from integrations.clock import now
from integrations.granted import refresh_token_in, scopes_in, token_in
from integrations.network import Grant

# LinkedIn speaks of 60 days and of a year. Far later there are no dates any more.
LONGEST_SPAN = timedelta(days=3650)


def grant_of(token: dict[str, Any], member_id: str, name: str) -> Grant:
    """The grant that the answer `token` stands for; spans count from now.

    Raises Refused where it holds what no token, scope or name is.
    """
    refresh = token.get("refresh_token")
    return Grant(
        token=token_in(token.get("access_token")),
        refresh_token=refresh_token_in(refresh) if refresh else None,
        scopes=scopes_in(token.get("scope")),
        expires_at=now() + _span(token, "expires_in"),
        refresh_expires_at=(
            now() + _span(token, "refresh_token_expires_in") if refresh else None
        ),
        member_id=member_id,
        member_name=name,
    )


def _span(token: dict[str, Any], name: str) -> timedelta:
    try:
        span = timedelta(seconds=int(token[name]))
        return max(min(span, LONGEST_SPAN), timedelta(0))
    except (KeyError, TypeError, ValueError, OverflowError):
        # Said of every token today; a missing span is treated as one that is over.
        return timedelta(0)
