"""Somebody who works here and nothing more, reading the report."""

from collections.abc import Callable

import pytest

from tests.advocacy.reach.world import World
from tests.advocacy.signing_in import signed_in


@pytest.fixture
def reader(client, session):
    person = World(session).person()
    signed_in(client, session, person)
    return client


@pytest.fixture
def read(reader) -> Callable[..., object]:
    """The report, in a language, as it is sent."""

    def read(ending="html", language="en"):
        reader.post("/language", data={"language": language})
        return reader.get(f"/works-council/report.{ending}")

    return read
