"""Somebody's post that is due."""

import pytest

from tests.advocacy.watch.watched import somebodys


@pytest.fixture
def share(session):
    return somebodys(session)
