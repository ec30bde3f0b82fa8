"""The access log: what was done by role, some entries at a time, for the auditor alone."""

import re

import pytest

from advocacy.access_log.models import AccessEntry, Action, DoneAs
from advocacy.access_log.operations import log_access, note_switches
from advocacy.people.roles import Role
from advocacy.reach.access_views import ON_A_PAGE
from advocacy.reach.access_words import action_words, done_as
from tests.advocacy.commands.test_access_log import LOGGED, UNITS
from tests.advocacy.reach.reading import cells, text_of
from tests.advocacy.signing_in import signed_in

PAGE = "/reach/access-log"
pytestmark = pytest.mark.usefixtures("at_reading")


@pytest.fixture
def auditor(client, session, world):
    person = world.person(on=None)
    person.role_names = [Role.AUDITOR.value]
    signed_in(client, session, person)
    return client


def test_an_empty_log_says_what_will_stand_there(auditor):
    page = auditor.get(PAGE)
    assert "Whatever is done with these rights will be listed here." in text_of(page)
    assert "No setting has been written down so far." in text_of(page)
    assert text_of(page).count("Whatever is done with these rights") == 1
    assert "There is nothing older." in text_of(auditor.get(f"{PAGE}/before/1"))


def test_what_was_done_is_said_in_words(auditor, session):
    log_access(session, DoneAs.OPERATOR, Action.PERSON_ADDED, roles=["manager"])
    log_access(
        session,
        DoneAs.AUDITOR,
        Action.PARAMETERS_CONFIRMED,
        table="unit",
        metric="sharers",
        year=2027,
        floor=1500,
    )
    session.commit()
    figure = (
        "A group of units, quarter: colleagues who shared something"
        " (200 to 1,999 colleagues)"
    )
    assert [row[1:] for row in cells(auditor.get(PAGE))] == [
        [
            "Auditor",
            f"Confirmed higher floors or noise: {figure}; from 2027; floor 1,500",
        ],
        ["Operator, at a terminal of the server", "Added a person: roles: manager"],
    ]


OF_A_FIGURE = {"table": "organisation", "first_day": "2026-10-01", "edition": 2}


def test_whatever_commands_write_down_is_read_in_words(auditor, session):
    for _given, action, details in LOGGED.values():
        log_access(session, DoneAs.OPERATOR, action, **details)
    log_access(session, DoneAs.OPERATOR, Action.UNITS_IMPORTED, **UNITS, kept=False)
    log_access(session, DoneAs.OPERATOR, Action.FIGURES_REPLACED, **OF_A_FIGURE)
    session.commit()

    read = [row[-1] for row in cells(auditor.get(PAGE))]

    assert read[0] == (
        "Replaced figures: table organisation; first day 1 October 2026; edition 2"
    )
    counts = (
        "units 1; new units 1; units removed 0; colleagues 0; colleagues moved 0;"
        " colleagues without a unit 0"
    )
    trial = "a trial run, nothing was changed; "
    assert read[1:3] == [
        f"Imported units: {trial}{counts}",
        f"Imported units: {counts}",
    ]
    assert not [words for words in read if "_" in words and "version" not in words]


def test_every_entry_is_on_one_page_and_none_on_two(auditor, session):
    for number in range(2 * ON_A_PAGE + 3):
        log_access(session, DoneAs.OPERATOR, Action.UNITS_IMPORTED, made=number)
    session.commit()
    seen, address = [], PAGE
    while address:
        page = auditor.get(address)
        rows = cells(page)
        assert 0 < len(rows) <= ON_A_PAGE
        seen += [row[-1] for row in rows]
        older = re.search(rf'href="({PAGE}/before/\d+)"', page.text)
        address = older and older[1]
    assert seen == [
        f"Imported units: new units {n}" for n in reversed(range(2 * ON_A_PAGE + 3))
    ]


def test_settings_stand_below_with_their_day(auditor, session):
    note_switches(session, {"DEMO": "on", "PROXY_HOPS": "0"})
    session.commit()
    page = auditor.get(PAGE)
    assert cells(page) == [
        [
            "1 November 2026, 10:00",
            "PROXY_HOPS",
            "How many servers stand in front and pass addresses of visitors on",
            "0",
        ],
        [
            "1 November 2026, 10:00",
            "DEMO",
            "Anybody may sign in as a sample person",
            "on",
        ],
    ]
    assert "Each is set by whoever runs the machines" in text_of(page)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/before/7"])
@pytest.mark.parametrize("role", [None, *Role])
def test_it_is_for_the_auditor_alone(client, session, world, role, address):
    person = world.person(on=None)
    person.role_names = [role.value] if role else []
    signed_in(client, session, person)
    expected = 200 if role is Role.AUDITOR else 404
    assert client.get(address).status_code == expected


def test_there_is_nothing_to_filter_by(auditor):
    assert auditor.get(f"{PAGE}?role=operator").status_code == 404


def test_every_action_and_role_has_words(app):
    with app.test_request_context():
        assert all(action_words(action) for action in Action)
        assert all(done_as(role) for role in DoneAs)
    assert not {"person_id", "name"} & set(AccessEntry.__table__.columns.keys())
