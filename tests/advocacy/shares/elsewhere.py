"""A network at another address than the sandbox's, and what it may answer there."""

import json
from dataclasses import replace

from werkzeug import Response

from advocacy.outside import LINKEDIN
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.settings import LinkedInSettings, Patience


def at(station, address, **patience):
    """The same worker, with the network at another address."""
    settings = LinkedInSettings(
        client_id="test",
        client_secret="test",
        redirect_address="http://localhost/back",
        oauth_base=address,
        api_base=address,
        site_base=address,
        patience=Patience(connect=0.5, answer=0.5, **patience),
    )
    outside = replace(station.outside, networks={LINKEDIN: LinkedIn(settings)})
    return replace(station, outside=outside)


def answered(status, body, headers=None):
    body = body if isinstance(body, str) else json.dumps(body)
    return Response(body, status, headers)
