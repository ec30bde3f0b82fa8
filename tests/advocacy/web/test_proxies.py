"""Reverse proxies: believed as many as there are, and no more."""

from dataclasses import replace

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from advocacy.app import behind_proxies, served
from tests.advocacy.links.visiting import client_of


@Request.application
def _who(request):
    return Response(f"{request.remote_addr} {request.scheme} {request.host}")


@pytest.mark.parametrize(
    ("hops", "seen"),
    [
        (0, "10.0.0.9 http localhost"),
        (1, "198.51.100.7 https localhost"),
        (2, "203.0.113.5 https localhost"),
    ],
)
def test_only_the_proxies_that_are_there_are_believed(hops, seen):
    """Whoever writes the header themselves gains nothing; the host is never taken from it."""
    answer = Client(behind_proxies(_who, hops)).get(
        headers={
            "X-Forwarded-For": "203.0.113.5, 198.51.100.7",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "evil.example",
        },
        environ_base={"REMOTE_ADDR": "10.0.0.9"},
    )
    assert answer.text == seen


def test_tracked_links_stand_in_front_and_know_of_the_same_proxies(app, settings):
    in_front = served(app, replace(settings, proxy_hops=2))
    assert in_front.hops == 2
    client = client_of(in_front)
    assert client.get("/healthz").json == {"ok": True}
    assert "This link leads nowhere any more" in client.get("/l/odd").text
