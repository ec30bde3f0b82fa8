"""A pretend LinkedIn, an application that knows it, and colleagues who connect to
it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from advocacy.config import Settings
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.outside import Outside
from advocacy.people.models import Person
from advocacy.people.operations import add_person
from advocacy.shares.models import Share
from integrations.clock import now
from tests.advocacy.shares.making import make_item, queue
from tests.advocacy.signing_in import signed_in
from tests.integrations.linkedin_sandbox.serving import (
    RunningSandbox,
    running_sandbox,
)

BACK = "http://localhost/accounts/linkedin/back"


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(redirect_addresses=(BACK,)) as sandbox:
        yield sandbox


@pytest.fixture
def settings(settings: Settings, sandbox: RunningSandbox) -> Settings:
    known = sandbox.memory.settings
    return replace(
        settings,
        linkedin_client_id=known.client_id,
        linkedin_client_secret=known.client_secret,
        linkedin_oauth_base=sandbox.address,
        linkedin_api_base=sandbox.address,
        linkedin_site_base=sandbox.address,
    )


@pytest.fixture
def outside(app: Flask) -> Outside:
    return app.extensions["advocacy"].outside


@pytest.fixture
def partner(sandbox: RunningSandbox) -> None:
    """The network gives what renews a token."""
    sandbox.memory.settings = replace(sandbox.memory.settings, partner=True)


@dataclass
class Colleague:
    """Somebody signed in here, with a browser, who has an account at LinkedIn too."""

    person: Person
    client: FlaskClient
    sandbox: RunningSandbox

    def leave_for_linkedin(self, **form: str) -> str:
        """Press Connect; where the browser is sent."""
        answer = self.client.post("/accounts/linkedin/connect", data=form)
        assert answer.status_code == 302, answer.text
        return answer.location

    def come_back(
        self, name: str = "", decision: str = "allow", **form: str
    ) -> TestResponse:
        """Go there, answer its screen as `name`, and be sent back."""
        there = self.leave_for_linkedin(**form)
        name = name or self.person.name
        address = self.sandbox.walk_consent(there, name, decision)
        return self.client.get(address)

    def connect(self, name: str = "", **form: str) -> TestResponse:
        """The whole round, with a yes at the end."""
        assert self.come_back(name, **form).location.endswith("/confirm")
        return self.confirm()

    def confirm(self) -> TestResponse:
        return self.client.post("/accounts/linkedin/confirm")

    def words(self) -> str:
        """What the page about the account says now."""
        return self.client.get("/accounts").text


def colleague(
    app: Flask, session: Session, sandbox: RunningSandbox, name: str
) -> Colleague:
    email = f"{name.partition(' ')[0].lower()}@veenstroom.test"
    person = add_person(session, name=name, email=email)
    give(session, person, Purpose.POST_FOR_ME, "en", "pressed", now())
    client = signed_in(app.test_client(), session, person)
    return Colleague(person, client, sandbox)


@pytest.fixture
def ivo(app: Flask, session: Session, sandbox: RunningSandbox) -> Colleague:
    return colleague(app, session, sandbox, "Ivo Terpstra")


@pytest.fixture
def marit(app: Flask, session: Session, sandbox: RunningSandbox) -> Colleague:
    return colleague(app, session, sandbox, "Marit Hoekstra")


@pytest.fixture
def planned(session: Session, ivo: Colleague) -> Share:
    """For the day after tomorrow, on the profile that bears the person's own name."""
    ivo.connect(ivo.person.name)
    wall_time = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    share = queue(session, ivo.person, make_item(session), wall_time=wall_time)
    session.commit()
    return share
