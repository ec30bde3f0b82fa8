"""A pretend server for each test."""

from collections.abc import Iterator

import pytest

from tests.integrations.mastodon_sandbox.serving import (
    RunningMastodon,
    running_mastodon,
)


@pytest.fixture
def sandbox() -> Iterator[RunningMastodon]:
    with running_mastodon() as sandbox:
        yield sandbox
