"""What people see when the service itself is in trouble: a bug, no database, too many at the door.

A server of its own has all three troubles; the pages are looked at like every other.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from advocacy.demo.children import Child
from advocacy.demo.environment import ROOT, Place, environment_for
from advocacy.demo.processes import answers
from integrations.local_services import LocalValkey
from tests.journeys.failing import BUG
from tests.journeys.looking import Looker
from tests.ports import free_port

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]

NO_DATABASE = "postgresql+psycopg://nobody@/nothing?host=/nowhere"
TRIES_A_MINUTE = 120
START_SECONDS = 30


@pytest.fixture(scope="module")
def failing(
    valkey: LocalValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a service that was set up well and lost its database."""
    folder = tmp_path_factory.mktemp("failing")
    place = Place(folder, free_port(), free_port())
    told = environment_for(place, os.environ, NO_DATABASE, valkey.address)
    child = _server(place, told | {"DEMO": "0"})
    child.start()
    try:
        end = time.monotonic() + START_SECONDS
        while not child.ready(child):
            assert child.status is None, child.tail()
            assert time.monotonic() < end, child.tail()
            time.sleep(0.1)
        yield place.address
    finally:
        child.ask_to_stop()
        child.make_sure(10)


def _server(place: Place, told: dict[str, str]) -> Child:
    options = ["--interface", "rsgi", "--factory", "--no-ws", "--http", "1"]
    options += ["--host", "127.0.0.1", "--port", str(place.port)]
    options += ["--log-level", "warning", "tests.journeys.failing:create_rsgi"]
    return Child(
        name="failing",
        command=[sys.executable, "-m", "granian", *options],
        environment=told,
        folder=ROOT,
        log=Path(place.folder, "failing.log"),
        ready=lambda _child: answers(f"{place.address}/healthz"),
    )


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    ("address", "status"), [(BUG, 500), ("/readyz", 503), ("/l/Zx9_k-1aQw4", 503)]
)
def test_a_page_of_trouble_has_no_fault_of_its_own(
    failing, browser, language, address, status
):
    context = _visitor(browser, language)
    looker = Looker(context.new_page())
    answer = looker.page.goto(failing + address)
    assert answer.status == status
    looker.look_at_both_widths(f"{address}: {status}")
    context.close()
    assert looker.said == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_for_too_many_at_the_door_has_none_either(failing, browser, language):
    context = _visitor(browser, language)
    looker = Looker(context.new_page())
    page = looker.page
    page.goto(f"{failing}/sign-in")
    form = {"csrf_token": page.locator("[name=csrf_token]").last.input_value()}
    for _try in range(TRIES_A_MINUTE):
        if page.request.post(f"{failing}/sign-in", form=form).status == 429:
            break
    page.locator("#email").fill("ivo.terpstra@veenstroom.example")
    page.locator("#password").fill("the right one, even")
    with page.expect_response("**/sign-in") as answer:
        page.locator("#password").press("Enter")
    assert answer.value.status == 429
    looker.look_at_both_widths("too many at the door")
    context.close()
    assert looker.said == []


def _visitor(browser, language):
    locale = {"en": "en-GB", "nl": "nl-NL"}[language]
    return browser.new_context(locale=locale)
