"""The ways around the pages of figures: to those one may open, and back."""

import re
from datetime import date

import pytest

from advocacy.people.roles import Role
from advocacy.reach.models import Metric
from tests.advocacy.reach.reading import read_as
from tests.advocacy.reach.test_ledger_page import pay

Q3 = date(2026, 7, 1)
ORGANISATION = ("/reach#own-part", "The organisation")
ALL_PARTS = ("/reach/units", "All parts")
pytestmark = pytest.mark.usefixtures("at_reading")


def links_in(page, name):
    """The links of one navigation, as addresses and words."""
    nav = re.search(rf'<nav class="{name}".*?</nav>', page.text, re.DOTALL)
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', nav[0] if nav else "")
    return [(address, re.sub(r"<svg.*?</svg>", "", words)) for address, words in found]


@pytest.fixture
def parts(session, shelf):
    """The part of those without a unit, and one of others."""
    own, other = shelf.group(1, 0), shelf.group(2, 999)
    for key in (own, other):
        shelf.figure("unit", Q3, Metric.SHARERS, 20, group=key, heads=110)
    shelf.figure("unit", Q3, Metric.SHARERS, 40, parts=2)
    session.commit()
    return {"own": own, "other": other}


@pytest.mark.parametrize(
    ("role", "part", "back"),
    [
        (None, "own", [ORGANISATION]),
        (Role.COMMUNICATIONS, "own", [ORGANISATION, ALL_PARTS]),
        (Role.COMMUNICATIONS, "other", [ALL_PARTS]),
        (Role.AUDITOR, "other", [ALL_PARTS]),
    ],
)
def test_the_page_of_a_part_leads_back_to_the_pages_that_name_it(
    client, session, world, parts, role, part, back
):
    read_as(client, session, world, *([role] if role else []))
    address = f"/reach/groups/{parts[part]}"
    page = client.get(address)
    assert links_in(page, "ways-back") == back
    under = '<a href="/reach/units" aria-current="true">' in page.text
    assert under is (ALL_PARTS in back)
    for there, _words in back:
        page = client.get(there.partition("#")[0])
        assert address in page.text
        assert 'id="own-part"' in page.text or "#" not in there


def test_everybody_has_the_pages_of_their_roles_and_no_others(client, session, world):
    seen = {}
    for role in (None, Role.COMMUNICATIONS, Role.AUDITOR):
        read_as(client, session, world, *([role] if role else []))
        page = client.get("/reach/method")
        seen[role] = [words for _address, words in links_in(page, "reach-pages")]
    method = ["How figures are made", "Works council report", "Parameters"]
    method += ["Ledger", "Attacks"]
    assert seen == {
        None: ["The organisation", *method, "My figures"],
        Role.COMMUNICATIONS: [
            *("The organisation", "All parts", "Items"),
            *method,
            "My figures",
        ],
        Role.AUDITOR: [
            *("The organisation", "All parts", "Items"),
            *method,
            *("Seals", "Access log", "My figures"),
        ],
    }


def test_one_page_is_the_current_one_and_what_is_under_it_leads_back(reader, session):
    pay(session, date(2026, 9, 1), Metric.SHARERS)
    here = re.compile(r'<a href="([^"]+)" aria-current="(\w+)">')
    for address, current in (("/reach/ledger", "page"), ("/reach/ledger/2026", "true")):
        page = reader.get(address)
        ways = page.text.partition('class="reach-pages"')[2]
        assert here.findall(ways) == [("/reach/ledger", current)]
    assert links_in(page, "ways-back") == [("/reach/ledger", "Ledger")]


def test_it_is_said_which_link_leaves_the_figures_of_all(reader):
    words = reader.get("/reach/method").text
    assert words.index("Under My shares") < words.index('"/shares/figures"')
