"""A pretend server for each test, our client for it, and somebody to post for."""

from collections.abc import Iterator

import pytest

from integrations.mastodon.client import Mastodon
from integrations.network import Access
from tests.integrations.mastodon_sandbox.serving import (
    RunningMastodon,
    running_mastodon,
)


@pytest.fixture
def sandbox() -> Iterator[RunningMastodon]:
    with running_mastodon() as sandbox:
        yield sandbox


@pytest.fixture
def mastodon(sandbox: RunningMastodon) -> Mastodon:
    return Mastodon(sandbox.settings_for_client())


@pytest.fixture
def access(sandbox: RunningMastodon) -> Access:
    return sandbox.access_for("Ivo Terpstra")
