"""A pretend network, and calls to it as a careless or careful client would make them."""

from collections.abc import Iterator

import pytest

from integrations.linkedin.client import LinkedIn
from integrations.network import Access
from tests.integrations.linkedin_sandbox.calling import Caller
from tests.integrations.linkedin_sandbox.serving import (
    RunningSandbox,
    running_sandbox,
)


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def caller(sandbox: RunningSandbox) -> Caller:
    return Caller(sandbox, sandbox.access_for("Ivo Terpstra"))


@pytest.fixture
def access(caller: Caller) -> Access:
    return caller.access


@pytest.fixture
def linkedin(sandbox: RunningSandbox) -> LinkedIn:
    """Our own client, which each check of the network lets pass."""
    return LinkedIn(sandbox.settings_for_client())
