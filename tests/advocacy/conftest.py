"""Browsers of the people whom tests make."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.advocacy.signing_in import BrowserOf, signed_in


@pytest.fixture
def browser_of(app: Flask, session: Session) -> BrowserOf:
    """A browser in which somebody is signed in."""
    return lambda person: signed_in(app.test_client(), session, person)
