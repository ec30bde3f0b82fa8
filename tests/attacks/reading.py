"""The pages and files of figures, read as everybody who may."""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.models import ReleasedFigure
from integrations.clock import clock_at
from integrations.database import transaction
from tests.attacks.stage import Stage
from tests.attacks.walking import bytes_of, same_chance

PREFIX = "/reach"


def addresses_of_figures(stage: Stage) -> list[str]:
    """All below /reach, from the router; of groups those there are."""
    with transaction() as session:
        keys = sorted(session.scalars(select(ReleaseGroup.key)))
    found = []
    for rule in stage.app.url_map.iter_rules():
        if not rule.rule.startswith(PREFIX) or "GET" not in rule.methods:
            continue
        if not rule.arguments:
            found.append(rule.rule)
        elif rule.arguments == {"key"}:
            found += [rule.rule.replace("<key>", key) for key in keys]
    return found


def figures_pages(
    stage: Stage, readers: Mapping[str, int], at: datetime
) -> dict[tuple[str, str], bytes]:
    """What came back, by reader and address; twice the same if nothing changed."""
    answers = {}
    with stage.on(), clock_at(at):
        found = addresses_of_figures(stage)
        for name, person_id in readers.items():
            with same_chance(uuid4()):
                browser = stage.browser(person_id)
            for address in found:
                with same_chance(address):
                    answer = bytes_of(browser.get(address))
                assert answer[:3] in {b"200", b"404", b"403"}, answer[:200]
                answers[name, address] = plain(answer)
    return answers


def stored_rows(stage: Stage) -> list[tuple[object, ...]]:
    """All that is stored of what was released, in the order in which it was."""
    with stage.session() as session:
        columns = ReleasedFigure.__table__.columns
        ordered = select(*columns).order_by(ReleasedFigure.id)
        return [tuple(row) for row in session.execute(ordered)]


def plain(answer: bytes) -> bytes:
    """Without what differs between any two browsers."""
    answer = re.sub(rb'name="csrf_token" value="[^"]*"', b"", answer)
    return re.sub(rb"(?im)^set-cookie:.*$", b"", answer)
