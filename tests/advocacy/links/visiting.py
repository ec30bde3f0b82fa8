"""Visits to tracked links, and what was counted of them."""

from sqlalchemy import select
from werkzeug.test import Client

from advocacy.links.counting import count_visits
from advocacy.links.fast_path import PREFIX, FastPath
from advocacy.links.models import ClickDay
from integrations.database import transaction
from tests.advocacy.links.agents import PEOPLE
from tests.advocacy.links.asking import AsWsgi

TARGET = "https://veenstroom.example/cable?x=1#map"
CHROME = PEOPLE["Chrome on Windows"]
HOME = "192.0.2.7"


class Site:
    """Something that answers tracked links, and whoever visits it."""

    def __init__(self, application):
        self.application = application
        self.client = client_of(application)

    def visit(self, code, agent=CHROME, method="GET", address=HOME, **headers):
        return visit(self.client, code, agent, method, address, **headers)

    def counts(self):
        """{(code, outcome): visits} of all days together."""
        if isinstance(self.application, FastPath):
            self.application.counter.close()
            count_visits(None)
        columns = (ClickDay.code, ClickDay.outcome, ClickDay.visits)
        with transaction() as session:
            rows = session.execute(select(*columns)).all()
        return {(row.code, row.outcome): row.visits for row in rows}

    def counted(self):
        """{outcome: visits} where only one link is visited."""
        return {outcome: visits for (_, outcome), visits in self.counts().items()}


def client_of(application):
    """A browser of either kind of application."""
    return Client(
        AsWsgi(application) if isinstance(application, FastPath) else application
    )


def visit(visitor, code, agent=CHROME, method="GET", address=HOME, **headers):
    return visitor.open(
        PREFIX + code,
        method=method,
        headers={"User-Agent": agent, **headers},
        environ_overrides={"REMOTE_ADDR": address},
    )


def counted(fast_path):
    return Site(fast_path).counted()
