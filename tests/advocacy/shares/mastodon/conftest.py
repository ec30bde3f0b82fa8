"""Somebody who is connected to Mastodon alone, and a worker that knows both networks."""

from dataclasses import replace

import pytest

from advocacy.accounts.operations import about_token
from advocacy.outside import MASTODON
from integrations.mastodon.client import Mastodon
from integrations.mastodon.sign_on import MastodonSignOn
from tests.advocacy.shares.making import (
    VAULT,
    connect_account,
    make_person,
)
from tests.integrations.mastodon_sandbox.serving import running_mastodon


@pytest.fixture
def mastodon():
    with running_mastodon() as server:
        yield server


@pytest.fixture
def access(mastodon):
    return mastodon.access_for("Ivo Terpstra")


@pytest.fixture
def person(session, access):
    """Somebody who lets us post, connected to Mastodon and to nothing else."""
    person = make_person(session)
    locked = VAULT.lock(access.token, about_token(person.id, MASTODON))
    connect_account(
        session,
        person,
        access,
        network=MASTODON,
        token_locked=locked.data,
        token_key_id=locked.key_id,
    )
    return person


@pytest.fixture
def station(station, mastodon):
    settings = mastodon.settings_for_client()
    outside = replace(
        station.outside,
        networks=station.outside.networks | {MASTODON: Mastodon(settings)},
        sign_ons=station.outside.sign_ons | {MASTODON: MastodonSignOn(settings)},
    )
    return replace(station, outside=outside)
