"""Tokens as they are made, and as they end."""

import secrets

from integrations.clock import now
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.records import RefreshToken, Token


def new_token(sub: str, scopes: list[str], client_id: str) -> Token:
    """A token of usual length.

    Another set of scopes ends the tokens that this member gave the app before.
    """
    settings = memory().settings
    given: list[Token | RefreshToken] = [*memory().tokens.values()]
    for earlier in (*given, *memory().refresh_tokens.values()):
        same_pair = (earlier.sub, earlier.client_id) == (sub, client_id)
        if same_pair and set(earlier.scopes) != set(scopes):
            earlier.status = "revoked"
    moment = now().timestamp()
    token = Token(
        value=secrets.token_urlsafe(375),
        sub=sub,
        scopes=sorted(scopes),
        made_at=moment,
        expires_at=moment + settings.token_seconds,
        unknown_for=settings.slow_to_know_tokens,
        client_id=client_id,
    )
    memory().tokens[token.value] = token
    return token


def new_refresh_token(token: Token) -> RefreshToken:
    """What a partner's app gets with the first token."""
    refresh = RefreshToken(
        value=secrets.token_urlsafe(375),
        client_id=token.client_id,
        sub=token.sub,
        scopes=token.scopes,
        expires_at=token.made_at + memory().settings.refresh_seconds,
    )
    memory().refresh_tokens[refresh.value] = refresh
    return refresh


def end_tokens(status: str, sub: str = "", client_id: str = "") -> None:
    """End the tokens of one member, of one app, or all of them.

    Those that are revoked take their refresh tokens along; time does not.
    """
    ended: list[Token | RefreshToken] = [*memory().tokens.values()]
    if status == "revoked":
        ended += memory().refresh_tokens.values()
    for one in ended:
        if sub in {"", one.sub} and client_id in {"", one.client_id}:
            one.status = status
