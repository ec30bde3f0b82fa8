"""A pretend LinkedIn for each test, our client for it, and somebody to post for."""

from collections.abc import Iterator

import pytest

from integrations.linkedin.client import LinkedIn
from integrations.network import Access
from tests.integrations.linkedin_sandbox.serving import (
    RunningSandbox,
    running_sandbox,
)


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def linkedin(sandbox: RunningSandbox) -> LinkedIn:
    return LinkedIn(sandbox.settings_for_client())


@pytest.fixture
def access(sandbox: RunningSandbox) -> Access:
    return sandbox.access_for("Ivo Terpstra")
