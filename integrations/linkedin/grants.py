"""What LinkedIn's answer about a token means: a grant, a refusal, or nothing yet."""

from datetime import timedelta
from typing import Any

import requests

from integrations.clock import now
from integrations.errors import NotDone, Refused
from integrations.network import Grant

# LinkedIn speaks of 60 days and of a year. Far later there are no dates any more.
LONGEST_SPAN = timedelta(days=3650)


def grant_of(token: dict[str, Any], member_id: str, name: str) -> Grant:
    """The grant that the answer `token` stands for; spans count from now."""
    refresh = token.get("refresh_token")
    return Grant(
        token=str(token["access_token"]),
        refresh_token=str(refresh) if refresh else None,
        scopes=scopes_of(token.get("scope")),
        expires_at=now() + _span(token, "expires_in"),
        refresh_expires_at=(
            now() + _span(token, "refresh_token_expires_in") if refresh else None
        ),
        member_id=member_id,
        member_name=name,
    )


def readable(answer: requests.Response) -> requests.Response:
    """An error page is no token, but the library would read it as a broken one."""
    if answer.status_code >= 500 or answer.status_code == 429:
        raise NotDone("LinkedIn is out of order", code=str(answer.status_code))
    if _json_object(answer) is None:
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return answer


def _json_object(answer: requests.Response) -> dict[str, Any] | None:
    """The answer's JSON object; None when it is anything else."""
    try:
        said = answer.json()
    except (ValueError, RecursionError):  # or it nests without end
        return None
    return said if isinstance(said, dict) else None


def scopes_of(scope: Any) -> frozenset[str]:
    """The granted scopes, however divided: one string with commas, mostly."""
    text = scope if isinstance(scope, str) else " ".join(scope or ())
    return frozenset(text.replace(",", " ").split())


def _span(token: dict[str, Any], name: str) -> timedelta:
    try:
        return min(timedelta(seconds=int(token[name])), LONGEST_SPAN)
    except (KeyError, TypeError, ValueError, OverflowError):
        # Said of every token today; a missing span is treated as one that is over.
        return timedelta(0)
