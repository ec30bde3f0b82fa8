"""Rows: those that are planted by the thousand, and those that are counted afterwards."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from advocacy.app import create_app
from advocacy.links.counting import count_visits
from advocacy.links.models import Outcome
from bench.clicks import busiest_person, different_rows, make_clicks, more_links
from bench.counted import counted_in, counter
from bench.organisation import counts
from bench.organisation import fill as fill_organisation
from bench.planting import repeat
from bench.procfile import procfile
from bench.redirect import plant_links
from bench.shelves import fill, signed_in
from content.topics import Topic
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.links.stored_visits import count_now
from tests.advocacy.shares.making import make_person
from tests.conftest import make_settings


@pytest.fixture
def engine(database_url: str):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def number(engine: Engine, question: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(text(question))


def test_a_row_is_repeated_with_what_shall_differ(engine: Engine) -> None:
    with transaction() as session:
        session.add(Topic(slug="first", name_en="One", name_nl="Een"))
    with engine.begin() as connection:
        repeat(connection, "topic", 20, {"slug": "'topic-' || n"})
    assert number(engine, "SELECT count(DISTINCT slug) FROM topic") == 21
    assert number(engine, "SELECT count(DISTINCT name_en) FROM topic") == 1


def test_the_shelf_is_filled_and_somebody_reads_it(
    engine: Engine, database_url: str, valkey, tmp_path: Path
) -> None:
    fill(engine, 60)
    assert number(engine, "SELECT count(*) FROM item") == 60
    assert number(engine, "SELECT count(DISTINCT item_id) FROM media") == 60
    assert number(engine, "SELECT count(DISTINCT item_id) FROM item_topic") == 60
    each = "SELECT count(*) FROM wording GROUP BY item_id HAVING count(*) <> 3"
    assert number(engine, each) is None

    settings = make_settings(database_url, valkey.address, tmp_path / "data")
    app = create_app(settings)
    cookie = signed_in(settings.secret_key)
    page = app.test_client(use_cookies=False).get("/", headers={"Cookie": cookie})
    assert page.status_code == 200
    assert page.text.count("Story number") >= 20
    app.extensions["advocacy"].outside.engine.dispose()


def test_only_visits_that_count_are_counted(engine: Engine, tmp_path: Path) -> None:
    plant_links(engine, tmp_path / "codes")
    code = (tmp_path / "codes").read_text().split()[0]
    counted = counter(engine, tmp_path)
    assert counted() == 0
    today = now().date()
    with transaction() as session:
        visits = [(code, today, Outcome.COUNTED, 5), (code, today, Outcome.AGAIN, 7)]
        count_now(session, visits)
    assert counted() == 5


def test_visits_that_wait_on_the_disk_are_on_record(
    engine: Engine, tmp_path: Path
) -> None:
    waiting = tmp_path / "visits" / "1b4e28ba-2fa1-41d2-883f-0016d3cca427.txt"
    waiting.parent.mkdir()
    waiting.write_text("aaaaaaaaaaa 2026-11-22 counted 3\nbbbbbbbbbbb 2026-11-22 bot 9")
    assert counted_in(waiting.read_text()) == 3
    assert counter(engine, tmp_path)() == 3


def test_clicks_are_made_and_a_difference_is_found(
    engine: Engine, tmp_path: Path
) -> None:
    plant_links(engine, tmp_path / "codes")
    with transaction() as session:
        person = make_person(session, consent=False).id
    with engine.begin() as connection:
        own = (
            "UPDATE link SET person_id = :person WHERE code IN"
            " (SELECT code FROM link WHERE personal ORDER BY code LIMIT 5)"
        )
        connection.execute(text(own), {"person": person})
    more_links(engine, 50)
    assert busiest_person(engine) == person
    make_clicks(engine, 2_000, person)
    assert different_rows(engine) > 0
    count_visits(None)
    assert number(engine, "SELECT sum(visits) FROM click_day") == 2_000
    hot = "SELECT sum(visits) FROM click_day JOIN link USING (code) WHERE person_id > 0"
    assert number(engine, hot) >= 200
    assert different_rows(engine) == 0
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE click_day SET visits = visits + 1"
                " WHERE ctid = (SELECT min(ctid) FROM click_day)"
            )
        )
    assert different_rows(engine) == 1


def test_the_processes_are_those_of_the_procfile() -> None:
    assert {"web", "links", "worker", "clock"} <= set(procfile())


def test_an_organisation_is_as_large_as_asked_and_all_its_windows_are_released(
    engine: Engine, database_url: str
) -> None:
    fill_organisation(engine, 500)
    assert counts(engine) == {
        "person": 500,
        "unit": 6,
        "share": 150 * 14,
        "click_day": 2 * (150 * 14 - 1),
    }
    said = subprocess.run(
        [sys.executable, "-m", "bench.releasing", database_url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    tables = {table for table, *_others in json.loads(said)["releases"]}
    assert tables == {"organisation", "unit", "unit-clicks", "item"}
    sharers = "SELECT noisy FROM released_figure WHERE metric = 'sharers' AND parts = 1"
    # Of 150 who share 14 times a year 106 do so in a month; sigma is 6.
    assert 70 < number(engine, f"{sharers} AND level = 'organisation'") < 142
