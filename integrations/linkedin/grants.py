"""What LinkedIn's answer about a token means: a grant, a refusal, or nothing yet."""

import re
from datetime import timedelta
from math import isfinite
from typing import Any

import requests

from integrations.clock import now
from integrations.errors import NotDone, Refused
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


def readable(answer: requests.Response) -> requests.Response:
    """An error page is no token, but the library would read it as a broken one."""
    if answer.status_code >= 500 or answer.status_code == 429:
        raise NotDone("LinkedIn is out of order", code=str(answer.status_code))
    said = _json_object(answer)
    if said is None or not _is_known(said):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return answer


def _is_known(said: dict[str, Any]) -> bool:
    """Whether the library can read it: it takes the kinds of these for granted."""
    if "error" in said:
        return isinstance(said["error"], str)
    scopes_in(said.get("scope"))
    span = said.get("expires_in")
    if isinstance(span, str):
        return re.fullmatch(r"[0-9]{1,20}", span) is not None
    return isinstance(span, int | None) or (isinstance(span, float) and isfinite(span))


def _json_object(answer: requests.Response) -> dict[str, Any] | None:
    """The answer's JSON object; None when it is anything else."""
    try:
        said = answer.json()
    except (ValueError, RecursionError):  # or it nests without end
        return None
    return said if isinstance(said, dict) else None


def _span(token: dict[str, Any], name: str) -> timedelta:
    try:
        span = timedelta(seconds=int(token[name]))
        return max(min(span, LONGEST_SPAN), timedelta(0))
    except (KeyError, TypeError, ValueError, OverflowError):
        # Said of every token today; a missing span is treated as one that is over.
        return timedelta(0)
