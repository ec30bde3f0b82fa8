"""Walks every route of the router, by every method, as somebody, and keeps what came back.

The routes come from the router, their parameters and forms from the walks in
tests/privacy; a route that those do not know ends the walk.
"""

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from random import Random
from unittest.mock import patch

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from advocacy.consent.models import Purpose
from advocacy.reach.group_rows import ReleaseGroup
from integrations.clock import clock_at
from integrations.database import transaction
from tests.attacks.stage import Stage
from tests.privacy.conftest import Planted
from tests.privacy.forms import FORMS
from tests.privacy.test_route_walk import addresses, values_of

# Who asks, how, and where: what was answered.
Answers = dict[tuple[str, str, str], bytes]
Asking = tuple[str, Mapping[str, str]]
ASKING: tuple[Asking, ...] = (
    ("GET", {"Accept-Language": "en"}),
    ("GET", {"Accept-Language": "nl"}),
    ("GET", {"Accept": "application/json"}),
    ("HEAD", {}),
    ("OPTIONS", {}),
    ("PUT", {}),
    ("DELETE", {}),
)

# When it was answered, by the machine's own clock, which no test sets.
BY_THE_CLOCK = {"Date", "Expires"}


def bytes_of(answer: TestResponse) -> bytes:
    """All that came over the line, but what any clock tells."""
    head = "\n".join(
        f"{name}: {value}" for name, value in answer.headers if name not in BY_THE_CLOCK
    )
    return f"{answer.status}\n{head}\n\n".encode() + answer.get_data()


@contextmanager
def same_chance(word: object) -> Iterator[None]:
    """Random numbers, and with them nonces and names of rows, are the same in both worlds."""
    source = Random(repr(word))  # noqa: S311
    with ExitStack() as patches:
        for where in ((os, "urandom"), (random, "_urandom")):
            patches.enter_context(patch.object(*where, source.randbytes))
        stamp = "itsdangerous.timed.TimestampSigner.get_timestamp"
        patches.enter_context(patch(stamp, lambda _self: 1_800_000_000))
        yield


def read_all(
    stage: Stage,
    planted: Planted,
    readers: Mapping[str, int],
    when: str,
    at: datetime,
    asking: Sequence[Asking] = ASKING,
) -> Answers:
    """Every address, by every method that changes nothing."""
    answers: Answers = {}
    with stage.on(), clock_at(at):
        values = _values(planted)
        found = addresses(stage.app, planted, "GET", values)
        # The first page of a process draws once for all others.
        stage.browser(next(iter(readers.values()))).get("/")
        for who, person_id in readers.items():
            with same_chance((when, who)):
                browser = stage.browser(person_id)
            for _endpoint, address in found:
                for n, (method, headers) in enumerate(asking):
                    with same_chance((when, who, address, n)):
                        answer = browser.open(address, method=method, headers=headers)
                        key = (f"{when}: {who}", f"{method} {dict(headers)}", address)
                        answers[key] = bytes_of(answer)
                        answer.close()
    return answers


def send_all(
    stage: Stage,
    planted: Planted,
    readers: Mapping[str, int],
    when: str,
    at: datetime,
) -> Answers:
    """Every form, each from a browser that has just signed in."""
    answers: Answers = {}
    with stage.on(), clock_at(at):
        found = addresses(stage.app, planted, "POST", _values(planted))
        for who, person_id in readers.items():
            for endpoint, address in found:
                assert endpoint in FORMS, f"teach forms.py what {endpoint} is sent"
                for n, form in enumerate(FORMS[endpoint](planted)):
                    with same_chance((when, who, address, n)):
                        answer = _send(stage.browser(person_id), address, form)
                        answers[f"{when}: {who}", f"POST {n}", address] = bytes_of(
                            answer
                        )
                        answer.close()
    return answers


def _send(browser: FlaskClient, address: str, form: dict[str, object]) -> TestResponse:
    return browser.post(address, data=form)


def _values(planted: Planted) -> dict[str, list[object]]:
    """As the walks of tests/privacy, with all groups that there are."""
    values = values_of(planted)
    with transaction() as session:
        keys = sorted(session.scalars(select(ReleaseGroup.key)))
    codes = [purpose.value.lower() for purpose in Purpose]
    return values | {"key": [*keys, *values["key"]], "code": codes}
