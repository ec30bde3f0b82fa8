"""Somebody's post that is due, and an administrator who looks."""

import pytest

from advocacy.people.roles import Role
from tests.advocacy.watch.watched import signed_in_with, somebodys


@pytest.fixture
def share(session):
    return somebodys(session)


@pytest.fixture
def admin(client, session):
    return signed_in_with(client, session, Role.ADMINISTRATOR)
