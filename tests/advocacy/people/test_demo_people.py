"""The sample people: a convenience of the demonstration that exists nowhere else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from advocacy.app import create_app
from advocacy.config import Settings
from advocacy.people.demo_people import DEMO_PEOPLE
from advocacy.people.operations import add_person
from integrations.database import open_session

IVO = "ivo.terpstra@veenstroom.example"


@pytest.fixture
def sample_people(session: Session) -> None:
    for one in DEMO_PEOPLE:
        add_person(session, name=one.name, email=one.email, roles=one.roles)
    session.commit()


@pytest.fixture
def real_client(settings: Settings, connection: Connection) -> Iterator[FlaskClient]:
    """A browser at an installation that is no demonstration."""
    app = create_app(replace(settings, demo=False))
    open_session.configure(bind=connection, join_transaction_mode="create_savepoint")
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["RATELIMIT_ENABLED"] = False
    yield app.test_client()
    app.extensions["advocacy"].outside.engine.dispose()


def test_there_are_six_with_the_four_roles_and_a_second_employee():
    assert len(DEMO_PEOPLE) == 6
    roles = [role.value for one in DEMO_PEOPLE for role in one.roles]
    assert sorted(roles) == ["administrator", "auditor", "communications", "manager"]
    assert all(one.email.endswith("@veenstroom.example") for one in DEMO_PEOPLE)


def test_the_sign_in_page_says_what_pressing_a_sample_person_does(
    client, sample_people
):
    page = client.get("/sign-in").text
    assert "Or sign in as one of the sample people, without a password" in page


@pytest.mark.parametrize("address", ["/sign-in", "/demo/people"])
def test_both_doors_offer_them(client, sample_people, address):
    page = client.get(address).text
    for one in DEMO_PEOPLE:
        assert f'value="{one.email}"' in page
        assert one.name in page


def test_one_press_signs_in_as_one_of_them(client, sample_people):
    answer = client.post("/demo/people", data={"as": IVO, "next": "/consent"})
    assert answer.location == "/consent"
    assert "Ivo Terpstra" in client.get("/consent").text


def test_nobody_else_is_for_the_taking(session, client, sample_people):
    add_person(session, name="Jan de Boer", email="jan@veenstroom.example")
    session.commit()
    for email in ("jan@veenstroom.example", "", "nobody@veenstroom.example"):
        assert client.post("/demo/people", data={"as": email}).status_code == 404
    assert client.get("/consent").status_code == 302


def test_the_way_on_stays_on_our_host(client, sample_people):
    data = {"as": IVO, "next": "//evil.example"}
    assert client.post("/demo/people", data=data).location == "/"


def test_before_there_are_people_the_door_is_there_all_the_same(client):
    assert client.get("/sign-in").status_code == 200


def test_outside_the_demonstration_the_page_does_not_exist(real_client, sample_people):
    rules = {rule.rule for rule in real_client.application.url_map.iter_rules()}
    assert not [rule for rule in rules if rule.startswith("/demo")]
    assert real_client.get("/demo/people").status_code == 404
    assert real_client.post("/demo/people", data={"as": IVO}).status_code == 404
    assert IVO not in real_client.get("/sign-in").text
    assert real_client.get("/consent").status_code == 302
