"""The reach page: released figures with their margins, the same for everybody."""

import csv
import re
from datetime import UTC, date, datetime
from html import unescape
from io import StringIO

import pytest
from sqlalchemy import select

from advocacy.people.operations import start_sign_in
from advocacy.people.roles import Role
from advocacy.reach.head_counts import open_window
from advocacy.reach.models import ReleasedFigure
from advocacy.reach.release import release_window
from advocacy.reach.tables import BY_HEADS
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER, RELEASE, SeededCoin

PAGES = ["/reach", "/reach.csv", "/reach/method"]
pytestmark = pytest.mark.usefixtures("at_release")


def sign_in(client, session, person):
    token = start_sign_in(session, person, RELEASE)
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True


@pytest.fixture
def reader(client, session, world):
    """Somebody without any role, signed in."""
    person = world.person(on=None)
    sign_in(client, session, person)
    return client


@pytest.fixture
def released(session, world):
    """Months of an organisation of 250; visits too few to show in the first ones."""
    world.colleagues(269)
    people = [world.person() for _ in range(40)]
    for month in range(8, 11):
        start = datetime(2026, month, 1, tzinfo=UTC).date()
        open_window(session, start)
        for person in people[: 3 * month]:
            at = datetime(2026, month, 9, tzinfo=UTC)
            # P4 was turned on in September; before, everybody counts as zero.
            world.share(person, at=at)
            world.visits(person, 20, day=at.date())
        with clock_at(datetime(2026, month + 1, 1, 6, tzinfo=UTC)):
            release_window(session, start, SeededCoin(month))
    open_window(session, NOVEMBER)
    session.commit()


def text_of(page):
    flat = re.sub(r"<(script|style|svg).*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", flat)).split())


def cells(page):
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page.text, re.DOTALL)
    return [
        [unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


def test_two_figures_with_margin_and_rule_are_said_in_words(reader, released):
    page = reader.get("/reach")
    assert page.status_code == 200
    said = text_of(page)
    assert "Veenstroom as a whole, October 2026." in said
    assert re.search(r"about \d+ of 310 give or take 12", said)
    assert re.search(r"about [\d,]+ give or take 160", said)
    assert "at most 40 counted per colleague" in said
    assert "there is none below 25 colleagues" in said
    assert "October 2026 will never change" in said
    assert "Visits below the margin are not shown" in said
    assert "The next figures come on 1 December." in said
    assert page.text.count('<svg class="chart-') == 4


def test_a_month_begins_a_heading_with_a_capital_in_dutch_too(reader, released):
    reader.post("/language", data={"language": "nl"})
    page = reader.get("/reach")
    assert '<h2 id="latest">Oktober 2026</h2>' in page.text
    assert '<th scope="row">Oktober 2026</th>' in page.text
    assert "Aan oktober 2026 verandert" in text_of(page)
    assert "als geheel, oktober 2026." in text_of(page)


def test_figures_too_small_are_too_few_to_show(reader, released):
    page = reader.get("/reach")
    assert "too few to show" in text_of(page)
    values = [row[1] for row in cells(page)]
    assert all(v == "too few to show" or int(v.replace(",", "")) >= 0 for v in values)


def test_the_file_is_the_tables_of_the_page(reader, released):
    page, file = reader.get("/reach"), reader.get("/reach.csv")
    assert file.mimetype == "text/csv"
    header, *rows = csv.reader(StringIO(file.text))
    assert header[1:] == ["When", "About how many", "Give or take", "Colleagues"]
    on_page = [[cell.replace(",", "") for cell in row] for row in cells(page)]
    assert [row[1:] for row in rows] == on_page
    assert len(rows) == 6


def test_nothing_unrounded_leaves_the_house(reader, session, released):
    """Noisy values are safe, and even so only what is shown is sent."""
    noisy = {str(n) for n in session.scalars(select(ReleasedFigure.noisy)) if n % 5}
    noisy = {number for number in noisy if len(number) > 2}
    assert noisy
    for address in PAGES:
        numbers = set(re.findall(r"\d+", reader.get(address).text.replace(",", "")))
        assert not numbers & noisy


@pytest.mark.parametrize("address", PAGES)
def test_everybody_reads_the_same_bytes(client, session, world, released, address):
    """A5: the same for an employee and for a manager, but for the name in the corner."""
    seen = set()
    for role in (None, Role.MANAGER, Role.COMMUNICATIONS, Role.AUDITOR):
        person = world.person(on=None)
        person.role_names = [role.value] if role else []
        sign_in(client, session, person)
        page = client.get(address).text
        seen.add("".join(re.findall(r"<main.*</main>", page, re.DOTALL)) or page)
    assert len(seen) == 1


@pytest.mark.parametrize("address", PAGES)
def test_a_question_in_the_address_changes_nothing(reader, released, address):
    """A6: there is nothing to filter by."""

    def main(answer):
        body = re.findall(r"<main.*</main>", answer.text, re.DOTALL)
        return "".join(body) or answer.text

    plain = reader.get(address)
    asked = reader.get(address + "?unit=3&sort=value&from=2026-10-01&item=1")
    assert main(asked) == main(plain)


def test_before_the_first_release_it_says_when_it_will_be(reader, session, world):
    world.colleagues(210)
    open_window(session, NOVEMBER)
    session.commit()
    page = reader.get("/reach")
    assert "The first figures come on 1 December" in text_of(page)
    assert len(list(csv.reader(StringIO(reader.get("/reach.csv").text)))) == 1


@pytest.mark.parametrize(
    ("heads", "start", "said"),
    [
        (30, date(2026, 7, 1), ["Quarter by quarter", "3rd quarter 2026", ">Q3<"]),
        (2000, date(2026, 10, 19), ["Week by week", "week of 19 October 2026"]),
    ],
)
def test_small_organisations_read_quarters_and_large_ones_weeks(
    reader, world, heads, start, said
):
    world.colleagues(heads)
    open_window(world.session, start)
    release_window(world.session, start, SeededCoin(1))
    world.session.commit()
    page = reader.get("/reach").text
    for words in said:
        assert words in page


def test_when_every_month_had_too_few_the_chart_says_so(reader, session, world):
    world.colleagues(250)
    open_window(session, OCTOBER)
    release_window(session, OCTOBER, SeededCoin(1))
    session.commit()
    assert "In every period there were too few to show." in reader.get("/reach").text


def test_an_organisation_too_small_is_told_so(reader, world):
    assert "Figures begin with 25 colleagues" in text_of(reader.get("/reach"))


def test_the_method_gives_every_number_the_code_keeps_to(reader, released):
    said = text_of(reader.get("/reach/method"))
    for _, table in BY_HEADS:
        for measure in table.measures:
            assert f"{measure.cap} {measure.sigma} {measure.margin}" in said
    assert "at most 65 times in 100" in said
    assert "cost 0.083 of a limit of 0.6" in said
    assert "Method version 1" in said
    assert "What it does not protect" in said


@pytest.mark.parametrize("address", ["/reach", "/reach/method"])
def test_it_speaks_dutch(reader, released, address):
    page = reader.get(address, headers={"Accept-Language": "nl"})
    assert '<html lang="nl"' in page.text
    if address == "/reach":
        assert "oktober 2026" in page.text


@pytest.mark.parametrize("address", PAGES)
def test_strangers_sign_in_first(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_one_single_release_is_a_page_too(reader, session, world):
    world.colleagues(250)
    open_window(session, OCTOBER)
    release_window(session, OCTOBER, SeededCoin(4))
    session.commit()
    page = reader.get("/reach")
    assert page.status_code == 200
    assert "The table below has the same." in page.text
