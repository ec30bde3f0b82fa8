"""Nothing of a person reaches a log, not even where everything is logged."""

import logging

import pytest
from structlog.testing import capture_logs

from integrations.errors import OutcomeUnknown, ProviderError
from integrations.mastodon.client import Mastodon
from integrations.mastodon.sign_on import MastodonSignOn
from integrations.network import Access, Capability, Picture, PostDraft
from tests.integrations.linkedin.samples import make_picture

SENTENCE = "Zeldzaam-woord"


def test_logs_hold_no_token_no_code_no_secret_and_no_text(sandbox, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    settings = sandbox.settings_for_client()
    sign_on, mastodon = MastodonSignOn(settings), Mastodon(settings)
    scopes = sign_on.scopes_for(frozenset({Capability.POST}))
    back = sandbox.walk_consent(sign_on.authorize_address("the-state", scopes))
    caplog.clear()  # the walk is the browser's, not ours

    with capture_logs() as lines:
        grant = sign_on.finish(back, "the-state")
        access = Access(grant.token, grant.member_id)
        shown = [Picture(make_picture(tmp_path), f"{SENTENCE} in words")]
        body = mastodon.prepare(
            access, PostDraft(f"{SENTENCE} in text", pictures=shown)
        )
        sandbox.set_fault("gateway_timeout_after_commit")
        with pytest.raises(OutcomeUnknown):
            mastodon.open_line(access).create(body)
        with pytest.raises(ProviderError):
            mastodon.delete(Access("wrong-token", "x"), "17")
        sign_on.revoke(grant.token)

    code = back.partition("code=")[2].partition("&")[0]
    written = "\n".join(repr(vars(record)) for record in caplog.records) + repr(lines)
    assert "504" in [line["code"][:3] for line in lines]
    secrets = (grant.token, code, SENTENCE, settings.client_secret, "wrong-token")
    for secret in secrets:
        assert secret not in written
