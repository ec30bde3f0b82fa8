"""All tries of one call together take no longer than was said."""

import logging
import time
from dataclasses import replace

import pytest
from werkzeug.wrappers import Response

from integrations.errors import NotDone
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.sign_on import LinkedInSignOn
from tests.integrations.impatient import ACCESS, HEAD, LINKEDIN, URN
from tests.integrations.linkedin.scripted import (
    raw_server,
    read_request,
    scripted,
    settings_for,
)

ALL_TRIES = {"seconds": 0.3, "hurried_seconds": 0.3}
TWO_CALLS = pytest.mark.parametrize(
    "call",
    [
        lambda settings: LinkedIn(settings).delete(ACCESS, URN),
        lambda settings: LinkedInSignOn(settings).refresh("r", "17"),
    ],
    ids=["delete", "renewal"],
)


@TWO_CALLS
def test_no_try_is_waited_for_that_would_come_too_late(call, caplog):
    caplog.set_level(logging.INFO)
    patience = replace(LINKEDIN, pauses=(3,), hurried_pauses=(3,), **ALL_TRIES)
    with scripted(Response(status=503)) as server:
        with pytest.raises(NotDone):
            call(settings_for(server.address, patience=patience))
        assert len(server.asked) == 1
    assert "again" not in caplog.text


@TWO_CALLS
def test_no_try_lasts_longer_than_the_time_for_all_of_them(call):
    patience = replace(LINKEDIN, answer=20, **ALL_TRIES)

    def handle(line):
        read_request(line)
        time.sleep(1)
        line.sendall(HEAD + b'\r\n{"access_token": "t", "expires_in": 60}')

    with raw_server(handle) as server, pytest.raises(NotDone) as caught:
        call(settings_for(server.address, patience=patience))
    assert caught.value.code == "Timeout"
