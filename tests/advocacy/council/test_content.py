"""What the report says is what the code does: its words and numbers come from there."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advocacy import VERSION
from advocacy.access_log.operations import MONTHS_KEPT, note_switches
from advocacy.access_log.switches import switches_of
from advocacy.access_log.words import switch_words
from advocacy.accounts.operations import UNUSED_KEPT
from advocacy.consent.purposes import OFFERS
from advocacy.council import keeping
from advocacy.council.numbers import numbers
from advocacy.council.recipients import recipients
from advocacy.council.who_sees import permissions, role_names
from advocacy.links.models import LINK_KEPT
from advocacy.links.retention import DAYS_KEPT, PERSON_KEPT
from advocacy.people.roles import BY_ROLE, Permission, Role, permissions_of
from advocacy.reach.chain import append
from advocacy.reach.method_words import level_name
from advocacy.reach.models import Metric
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.tables import METHOD_VERSION, PLAN, Level, method_digest
from advocacy.shares.retention import KEPT as SHARES_KEPT
from tests.advocacy.council.reading import rows, section

LANGUAGES = ("en", "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_purpose_stands_in_its_own_words_with_their_version(read, language):
    said = section(read(language=language).text, "purposes")
    for offer in OFFERS:
        words = offer.words(language)
        for sentence in (words.title, words.do, words.kept, words.without):
            assert sentence in said
        assert offer.sha256(language) in said


def test_each_permission_and_role_is_as_the_code_has_it(app, read):
    with app.test_request_context():
        names, allowed = role_names(), permissions()
    assert set(allowed) == set(Permission)
    assert set(names) == set(Role)
    head, *found = rows(read().text, "who-sees-what")
    assert head[2:] == [names[role] for role in BY_ROLE]
    said = {row[0]: [cell == "yes" for cell in row[1:]] for row in found}
    for permission, words in allowed.items():
        held = [permission in permissions_of(roles) for roles in ([], *_each_alone())]
        assert said[words] == held, permission


def _each_alone():
    return [[role] for role in BY_ROLE]


def test_floors_caps_and_noise_are_those_of_the_method(app, read):
    found = rows(read().text, "floors-and-noise")
    with app.test_request_context():
        expected = [
            (level_name(table.level), str(table.floor), *_numbers(one))
            for tables in PLAN.values()
            for table in tables
            if table.published
            for one in table.measures
        ]
    assert [(row[1], row[3], *row[5:]) for row in found[1:]] == expected
    assert len({name for name, *_ in expected}) == len(Level)


def _numbers(measure):
    return str(measure.cap), str(measure.sigma), str(measure.margin)


@pytest.fixture
def raised(session):
    """More colleagues and more noise for figures of units, from 2027 on."""
    row = ParameterChange(
        year=2027,
        table="unit",
        metric=Metric.SHARERS,
        floor=150,
        sigma=9,
        decided_at=datetime(2026, 11, 5, 9, tzinfo=UTC),
    )
    append(session, row)
    session.commit()


def test_what_was_raised_has_a_history_for_everybody(read, raised):
    page = read().text
    assert "Nothing was raised" not in page
    expected = [
        "5 November 2026",
        "A group of units",
        "Colleagues who shared something",
    ]
    assert [*expected, "150", "9", "2027"] in rows(page, "floors-and-noise")


def test_what_was_raised_holds_from_its_year_on(app, session, raised):
    with app.test_request_context():
        now, later = (numbers(session, year).tables[0].rows for year in (2026, 2027))
    changed = [(then, new) for then, new in zip(now, later, strict=True) if then != new]
    (then, new), *others = changed
    assert (then[3], then[6], then[7]) == ("100", "5", "10")
    assert (new[3], new[6], new[7]) == ("150", "9", "18")
    assert len(others) == 0


def test_where_nothing_was_raised_it_says_so(read):
    assert "Nothing was raised so far." in section(read().text, "floors-and-noise")


@pytest.mark.parametrize(
    "span", [SHARES_KEPT, DAYS_KEPT, PERSON_KEPT, LINK_KEPT, UNUSED_KEPT]
)
def test_each_number_of_days_is_the_one_that_deletes(read, span):
    assert f"{span.days} days" in section(read().text, "retention")


def test_no_number_of_the_retention_is_written_down_a_second_time():
    """In the sentences or beside them: each comes from the module that deletes by it."""
    source = Path(keeping.__file__).read_text()
    assert re.findall(r"\d+", source.replace("[:1]", "")) == []


def test_months_hours_and_minutes_are_said_too(read):
    said = section(read().text, "retention")
    assert f"{MONTHS_KEPT} months" in said
    assert "at most 48 hours" in said
    assert "10 minutes" in said
    assert "24 hours; it ends after 8 hours without a page" in said


def test_switches_stand_as_this_service_was_started(app, read, session, settings):
    note_switches(session, switches_of(settings))
    note_switches(session, switches_of(settings) | {"PROBE_DOUBTS": "on"})
    session.commit()
    found = rows(read().text, "switches")
    with app.test_request_context():
        assert set(switch_words()) == set(switches_of(settings))
    now = {row[0]: row[2] for row in found if row[0] in switches_of(settings)}
    assert now["LINKEDIN_CLIENT_ID"] == "on"
    assert now["PROBE_DOUBTS"] == "off"
    history = [row[2] for row in found if row[1] == "PROBE_DOUBTS"]
    assert history == ["off", "on"]


def test_who_is_not_set_up_is_said_to_be_off(app, settings):
    bare = replace(settings, linkedin_client_id="", linkedin_client_secret="")
    full = replace(
        settings,
        linkedin_figures_client_id="second",
        linkedin_figures_client_secret="secret",
        mastodon_base="https://social.example",
    )
    with app.test_request_context():
        off = [row[2] for row in recipients(bare).tables[0].rows]
        on = [row[2] for row in recipients(full).tables[0].rows]
        away = replace(full, linkedin_api_base="http://127.0.0.1:1")
        pretended = [row[2] for row in recipients(away).tables[0].rows]
    assert off[:4] == ["off", "off", "off", "off"]
    assert on[:4] == ["on", "on", "social.example", "off"]
    assert pretended[:2] == ["a stand-in", "a stand-in"]


def test_it_says_which_version_it_is_about(read):
    said = dict(rows(read().text, "version"))
    assert said["Version of the service"] == VERSION
    assert said["Version of the method"] == str(METHOD_VERSION)
    assert method_digest() in said.values()
    assert {offer.en.title: str(offer.version) for offer in OFFERS}.items() <= (
        said.items()
    )
