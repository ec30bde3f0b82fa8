"""Each person's own clock: chosen by them, or the organisation's."""

from datetime import UTC, datetime

import pytest

from advocacy.people.zone_list import by_region
from integrations.clock import clock_at, zones
from tests.advocacy.library.reading import fields, words
from tests.conftest import make_settings

MOMENT = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def settings(postgres, valkey, tmp_path):
    """An organisation in New York."""
    address = postgres.address("advocacy_test")
    folder = tmp_path / "data"
    zone = {"time_zone": "America/New_York"}
    return make_settings(address, valkey.address, folder, **zone)


@pytest.fixture
def reader(client, try_sign_in, marit):
    try_sign_in()
    with clock_at(MOMENT):
        yield client


def choose(reader, zone):
    return reader.post("/time-zone", data={"zone": zone})


def test_whoever_chose_no_zone_has_the_organisations(reader, marit):
    assert marit.time_zone is None
    page = reader.get("/time-zone")
    assert "In New York time it is 07:00 now." in words(page)
    assert "As the organisation has it: New York" in words(page)
    assert fields(page, "/time-zone")["zone"] == ""


def test_a_person_chooses_a_zone_of_their_own_and_lets_go_of_it_again(
    session, reader, marit
):
    said = words(reader.get(choose(reader, "America/Argentina/Buenos_Aires").location))
    session.refresh(marit)
    assert marit.time_zone == "America/Argentina/Buenos_Aires"
    assert "Your times are in Buenos Aires time from now on." in said
    assert "In Buenos Aires time it is 09:00 now." in said
    assert "Buenos Aires (Argentina)" in said

    said = words(reader.get(choose(reader, "").location))
    session.refresh(marit)
    assert marit.time_zone is None
    assert "Your times are in New York time from now on." in said


@pytest.mark.parametrize("zone", ["Mars/Olympus", "europe/amsterdam", "../etc", "\0"])
def test_a_zone_that_is_none_is_refused_and_kept_to_be_seen(
    session, reader, marit, zone
):
    choose(reader, "Asia/Tokyo")
    answer = choose(reader, zone)
    assert answer.status_code == 422
    assert "We know no such time zone." in words(answer)
    assert fields(answer, "/time-zone")["zone"] == zone.strip()
    session.refresh(marit)
    assert marit.time_zone == "Asia/Tokyo"


def test_another_name_of_a_zone_is_taken_and_stays_chosen(reader):
    page = reader.get(choose(reader, "US/Eastern").location)
    assert fields(page, "/time-zone")["zone"] == "US/Eastern"
    assert "In Eastern time it is 07:00 now." in words(page)


def test_every_zone_with_a_place_is_on_the_list_once(app):
    with app.test_request_context():
        regions = by_region()
    names = [name for listed in regions.values() for name, _place in listed]
    assert len(names) == len(set(names)) > 400
    assert set(names) <= zones()
    assert {"Europe/Amsterdam", "Pacific/Auckland", "UTC"} <= set(names)


def test_the_list_is_in_the_language_of_the_page(reader):
    reader.post("/language", data={"language": "nl"})
    page = reader.get("/time-zone").text
    assert 'label="Stille Oceaan"' in page


def test_a_clock_belongs_to_somebody(client):
    assert client.get("/time-zone").location.startswith("/sign-in")
