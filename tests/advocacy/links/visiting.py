"""Visits to tracked links, and what was counted of them."""

from sqlalchemy import select

from advocacy.links.fast_path import PREFIX
from advocacy.links.models import ClickDay
from integrations.database import transaction
from tests.advocacy.links.agents import PEOPLE

TARGET = "https://veenstroom.example/cable?x=1#map"
CHROME = PEOPLE["Chrome on Windows"]


def visit(visitor, code, agent=CHROME, method="GET", **headers):
    return visitor.open(
        PREFIX + code,
        method=method,
        headers={"User-Agent": agent, **headers},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )


def counted(fast_path):
    fast_path.counter.close()
    with transaction() as session:
        return dict(session.execute(select(ClickDay.outcome, ClickDay.visits)).all())
