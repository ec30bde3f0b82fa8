"""A pretend server for each test, and a member who may post there."""

from collections.abc import Iterator

import pytest

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
def access(sandbox: RunningMastodon) -> Access:
    return sandbox.access_for("Ivo Terpstra")
