"""A network that answers oddly connects nothing, and the person reads that."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from werkzeug.wrappers import Response

from advocacy.accounts.models import ConnectingRound
from tests.advocacy.accounts.stored import rows
from tests.integrations.linkedin.scripted import scripted

TOKEN = {"access_token": "t", "expires_in": 5184000}
WHO = {"sub": "m1", "name": "Ivo Terpstra"}


@pytest.fixture
def network():
    with scripted() as server:
        yield server


@pytest.fixture
def settings(settings, network):
    return replace(
        settings,
        linkedin_oauth_base=network.address,
        linkedin_api_base=network.address,
    )


@pytest.fixture
def come_back(ivo, network):
    """Leave, and come back to a network that answers so."""

    def come(token, who):
        query = parse_qs(urlsplit(ivo.leave_for_linkedin()).query)
        given = TOKEN | {"scope": query["scope"][0]} | token
        said = (json.dumps(given), json.dumps(WHO | who))
        network.answers = [Response(one, mimetype="application/json") for one in said]
        state = query["state"][0]
        return ivo.client.get(f"/accounts/linkedin/back?code=c&state={state}")

    return come


@pytest.mark.parametrize(
    ("token", "who"),
    [
        ({"scope": 5}, {}),
        ({"expires_in": "x"}, {}),
        ({"access_token": "t\nb"}, {}),
        ({}, {"name": "a\0b"}),
        ({}, {"sub": "m\0"}),
        ({}, {"sub": "m\ud800", "name": "x\ud800"}),
        ({}, {"sub": "y" * 900_000}),
    ],
)
def test_an_odd_answer_connects_nothing_in_words(session, ivo, come_back, token, who):
    assert come_back(token, who).location == "/accounts"
    assert "LinkedIn did not complete the connection" in ivo.words()
    assert rows(session) == (0, 0)


def test_a_name_without_end_is_cut_before_it_fills_a_page(session, ivo, come_back):
    assert come_back({}, {"name": "x" * 900_000}).location.endswith("/confirm")
    ivo.confirm()
    assert rows(session)[0] == 1
    assert len(ivo.words()) < 50_000


@pytest.mark.parametrize("step", ["confirm", "drop"])
def test_a_round_with_a_name_that_none_has_is_over(session, ivo, come_back, step):
    come_back({}, {})
    named = session.scalars(select(ConnectingRound.state_hash)).one() + "\0"
    answer = ivo.client.post(f"/accounts/linkedin/{step}", data={"round": named})
    assert answer.location == "/accounts"
    assert "You can start again" in ivo.words()
