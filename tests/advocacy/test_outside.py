"""What one process uses of the outside belongs together."""

from dataclasses import replace

import pytest
from werkzeug.wrappers import Response

from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES, MASTODON, open_outside
from integrations.breaker import MOST_FAILURES, RESTING
from integrations.errors import NotDone
from integrations.network import Access
from tests.integrations.linkedin.scripted import scripted

ACCESS = Access("t", "17")
BACK = "http://localhost/back?code=c&state=s"


@pytest.mark.parametrize("failing", [LINKEDIN, LINKEDIN_FIGURES, MASTODON])
def test_a_host_that_fails_one_of_us_is_left_alone_by_all(settings, failing):
    with scripted(Response(status=503)) as server:
        outside = open_outside(
            replace(
                settings,
                linkedin_client_id="a",
                linkedin_client_secret="b",
                linkedin_figures_client_id="c",
                linkedin_figures_client_secret="d",
                linkedin_oauth_base=server.address,
                linkedin_api_base=server.address,
                mastodon_base=server.address,
                mastodon_client_id="e",
                mastodon_client_secret="f",
            )
        )
        for _ in range(MOST_FAILURES):
            with pytest.raises(NotDone):
                outside.sign_ons[failing].finish(BACK, "s")
        reader = outside.figure_readers[LINKEDIN]
        asks = [
            *[
                lambda one=one: one.open_line(ACCESS)
                for one in outside.networks.values()
            ],
            *[
                lambda one=one: one.finish(BACK, "s")
                for one in outside.sign_ons.values()
            ],
            lambda: reader.figures(ACCESS, "urn:li:share:1"),
        ]
        for ask in asks:
            with pytest.raises(NotDone) as caught:
                ask()
            assert caught.value.code == RESTING
        assert len(server.asked) == MOST_FAILURES
        outside.engine.dispose()
