"""Which app is asking, by the secret in the form; a header does not count."""

from flask import request

from integrations.linkedin_sandbox.apps import App, app_named
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.refusals import SignOnRefusal


def asking_app(*, pkce: bool = False) -> App:
    """The app that is asking, which knows its secret."""
    app = app_named(memory().settings, request.form.get("client_id") or None)
    secret = request.form.get("client_secret")
    # The web flow knows no PKCE; LinkedIn takes a verifier for a wrong secret.
    if pkce or app is None or app.client_secret != secret:
        raise SignOnRefusal(401, "invalid_client", "Client authentication failed")
    return app
