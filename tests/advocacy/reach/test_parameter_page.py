"""The page of the numbers that hold: for everybody; asking and deciding take two people."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from advocacy.access_log.models import AccessEntry, Action
from advocacy.people.roles import Role
from advocacy.reach import chain
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.parameter_rows import ParameterChange, ParameterProposal
from advocacy.reach.tables import PLAN
from integrations.clock import clock_at
from tests.advocacy import signing_in
from tests.advocacy.reach.reading import cells, text_of
from tests.advocacy.reach.two_keys import BOTH, somebody

PAGE = "/reach/parameters"
ASKED = {"figure": "unit:sharers", "floor": "150", "sigma": "8"}
UNIT = "A group of units, quarter: colleagues who shared something"
pytestmark = pytest.mark.usefixtures("in_june", "four_hundred")


@pytest.fixture
def signed_in(app, session):
    """A browser of somebody new, with these roles."""

    def enter(name, *roles):
        person = somebody(session, name, *roles)
        return signing_in.signed_in(app.test_client(), session, person)

    return enter


def waiting(session):
    rows = select(ParameterProposal).where(ParameterProposal.closed_at.is_(None))
    return session.scalars(rows).all()


def decide(client, proposal, what):
    return client.post(f"{PAGE}/{proposal.id}/{what}")


def test_everybody_reads_what_holds(signed_in):
    page = signed_in("Ivo").get(PAGE)
    rows = cells(page)
    published = [t for tables in PLAN.values() for t in tables if t.published]
    assert len(rows) == sum(len(table.measures) for table in published)
    assert rows[0][1:] == ["25", "3", "1"]
    said = text_of(page)
    assert "Nothing so far." in said
    assert "Nothing is waiting." in said
    assert "Ask for it" not in said


def test_two_people_raise_a_floor_and_everybody_reads_it_without_names(
    session, signed_in
):
    ada, otto, ivo = (
        signed_in("Ada", Role.ADMINISTRATOR),
        signed_in("Otto", Role.AUDITOR),
        signed_in("Ivo"),
    )
    asked = ada.post(PAGE, data=ASKED, follow_redirects=True)
    assert (
        "Asked for. Once an auditor confirms it, it counts from 1 January 2027"
        in text_of(asked)
    )
    seen = text_of(ivo.get(PAGE))
    assert "At least 150 colleagues" in seen
    assert "An administrator asked for it on 20 June 2026" in seen
    assert "Look at it" not in seen
    assert "Ada" not in seen

    [proposal] = waiting(session)
    assert "Look at it and confirm : A group of units" in text_of(otto.get(PAGE))
    question = text_of(otto.get(f"{PAGE}/{proposal.id}/confirm"))
    assert "What it does from 1 January 2027 on" in question
    assert "Until 31 December 2026 an administrator or an auditor" in question
    answer = decide(otto, proposal, "confirm")
    assert answer.location == PAGE
    assert "It counts from 1 January 2027 on." in text_of(otto.get(PAGE))
    page = ivo.get(PAGE)
    row = next(row for row in cells(page) if row[0] == UNIT)
    assert row[1:] == ["100 (from 2027: 150)", "5 (from 2027: 8)", "1"]
    with clock_at(datetime(2027, 2, 1, tzinfo=UTC)):
        row = next(row for row in cells(signed_in("Kim").get(PAGE)) if row[0] == UNIT)
    assert row[1:] == ["150 (product: 100)", "8 (product: 5)", "1"]
    assert "An administrator asked, an auditor confirmed." in text_of(page)
    assert not {"Ada", "Otto"} & set(text_of(page).split())
    assert chain.is_whole(session, ParameterChange)
    actions = session.scalars(select(AccessEntry.action).order_by(AccessEntry.id)).all()
    assert actions == [Action.PARAMETERS_PROPOSED, Action.PARAMETERS_CONFIRMED]


def test_refusing_changes_nothing(session, signed_in):
    ada, otto = signed_in("Ada", Role.ADMINISTRATOR), signed_in("Otto", Role.AUDITOR)
    ada.post(PAGE, data=ASKED)
    decide(otto, waiting(session)[0], "refuse")
    said = text_of(otto.get(PAGE))
    assert "Refused. Nothing changes." in said
    assert "Nothing so far." in said
    assert waiting(session) == []


def test_who_asked_finds_no_button_to_confirm_and_cannot_press_it_either(
    session, signed_in
):
    both = signed_in("Bo", *BOTH)
    both.post(PAGE, data=ASKED)
    page = both.get(PAGE)
    assert "Somebody else has to confirm it" in text_of(page)
    [proposal] = waiting(session)
    assert f'{PAGE}/{proposal.id}/confirm"' not in page.text
    assert both.get(f"{PAGE}/{proposal.id}/confirm").status_code == 403
    answer = decide(both, proposal, "confirm")
    assert answer.status_code == 403
    assert waiting(session) == [proposal]


@pytest.mark.parametrize("roles", [(), (Role.MANAGER,), (Role.COMMUNICATIONS,)])
def test_nobody_else_asks_or_decides(session, signed_in, roles):
    signed_in("Ada", Role.ADMINISTRATOR).post(PAGE, data=ASKED)
    [proposal] = waiting(session)
    other = signed_in("Other", *roles)
    assert other.post(PAGE, data=ASKED).status_code == 403
    for what in ("confirm", "refuse"):
        assert decide(other, proposal, what).status_code == 403
    assert waiting(session) == [proposal]


def test_each_key_opens_its_own_lock_alone(session, signed_in):
    ada, otto = signed_in("Ada", Role.ADMINISTRATOR), signed_in("Otto", Role.AUDITOR)
    assert otto.post(PAGE, data=ASKED).status_code == 403
    ada.post(PAGE, data=ASKED)
    assert decide(ada, waiting(session)[0], "confirm").status_code == 403


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"floor": "", "sigma": ""},
            "Write how many colleagues at least, how much noise, or both.",
        ),
        (
            {"floor": "100", "sigma": ""},
            "more than 100: so much holds next year anyway",
        ),
        ({"floor": "", "sigma": "4"}, "more than 5: so much holds next year anyway"),
        ({"floor": "411", "sigma": ""}, "the whole organisation has 410 at most."),
        ({"floor": "", "sigma": "51"}, "50 at most: that is ten times"),
        ({"floor": "many", "sigma": "8"}, "Write a whole number, such as 150."),
        ({"floor": "-3", "sigma": "8"}, "Write a whole number, such as 150."),
        ({"floor": "9" * 5000, "sigma": "8"}, "Write a whole number, such as 150."),
        ({"floor": "²", "sigma": "8"}, "Write a whole number, such as 150."),
        ({"figure": "team:sharers"}, "Choose one of the figures."),
        ({"figure": "unit:clicks"}, "Choose one of the figures."),
        ({"figure": ""}, "Choose one of the figures."),
    ],
)
def test_what_cannot_be_asked_for_says_why_and_keeps_what_was_typed(
    session, signed_in, typed, sentence
):
    ada = signed_in("Ada", Role.ADMINISTRATOR)
    sent = ASKED | typed
    page = ada.post(PAGE, data=sent)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert 'aria-invalid="true"' in page.text
    for name in ("floor", "sigma"):
        assert f'name="{name}" type="text" value="{sent[name]}"' in page.text
    assert waiting(session) == []


def test_a_second_wish_for_what_waits_is_refused(signed_in):
    ada = signed_in("Ada", Role.ADMINISTRATOR)
    ada.post(PAGE, data=ASKED)
    page = ada.post(PAGE, data=ASKED | {"floor": "200"})
    assert page.status_code == 422
    assert "It has to be decided or taken back first." in text_of(page)


def test_changing_the_language_keeps_the_form(signed_in):
    ada = signed_in("Ada", Role.ADMINISTRATOR)
    page = ada.post(PAGE, data=ASKED | {"floor": "1x", "page_language": "nl"})
    assert page.status_code == 200
    assert 'value="1x"' in page.text
    assert '<html lang="nl"' in page.text
    again = ada.post(PAGE, data=ASKED | {"floor": "1x"})
    assert "Schrijf een heel getal" in text_of(again)


def test_what_was_decided_before_is_too_late(session, signed_in):
    ada, otto = signed_in("Ada", Role.ADMINISTRATOR), signed_in("Otto", Role.AUDITOR)
    ada.post(PAGE, data=ASKED)
    [proposal] = waiting(session)
    decide(otto, proposal, "confirm")
    for what in ("confirm", "refuse"):
        assert decide(otto, proposal, what).status_code == 409
    assert otto.post(f"{PAGE}/{proposal.id + 1}/confirm").status_code == 404
    assert len(session.scalars(select(ParameterChange)).all()) == 1


def test_no_figure_is_chosen_beforehand_and_those_of_todays_size_come_first(
    session, signed_in
):
    session.add(QuarterSize(start=date(2026, 4, 1), size="medium", heads=402))
    page = signed_in("Ada", Role.ADMINISTRATOR).get(PAGE)
    offered = re.findall(r'<option value="([^"]*)"( selected)?', page.text)
    assert offered[:2] == [("", " selected"), ("organisation:sharers", "")]
    assert len(set(offered)) == len(offered)
    assert "This quarter it is 200 to 1,999 colleagues here." in text_of(page)
    own, others = page.text.split('<details class="behind"')
    assert 'id="size-medium"' in own
    assert 'id="size-small"' in others


def test_the_answer_to_a_form_has_the_focus(signed_in):
    ada = signed_in("Ada", Role.ADMINISTRATOR)
    page = ada.post(PAGE, data=ASKED, follow_redirects=True)
    assert 'role="status" tabindex="-1" autofocus data-notice' in page.text
    assert "autofocus" not in ada.get(PAGE).text
