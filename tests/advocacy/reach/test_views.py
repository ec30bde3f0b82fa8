"""The page of the organisation: released figures with their margins, for everybody."""

import csv
import json
import re
from datetime import UTC, date, datetime
from html import unescape
from io import StringIO

import pytest
from sqlalchemy import select

from advocacy.people.roles import Role
from advocacy.reach.models import Metric, ReleasedFigure
from advocacy.reach.notice_rows import NoticeKind
from advocacy.reach.notices import give_notice
from advocacy.reach.opening import open_due
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER
from tests.advocacy.reach.figure_rows import months
from tests.advocacy.reach.reading import cells, main_of, statements, text_of
from tests.advocacy.signing_in import signed_in

PAGES = ["/reach", "/reach.csv", "/reach.json"]
SEPTEMBER = date(2026, 9, 1)
pytestmark = pytest.mark.usefixtures("at_reading")


def test_two_figures_with_margin_and_rule_are_said_in_words(reader, released):
    page = reader.get("/reach")
    assert page.status_code == 200
    said = text_of(page)
    assert "Veenstroom as a whole, October 2026." in said
    assert (
        "About 80 of 620 colleagues shared something in October 2026, give or take 12."
        " About 890 visits to what they shared were counted in October 2026, at most 40"
        " for each colleague, give or take 160."
    ) in said
    assert "about 80 of 620 give or take 12" in said
    assert "at most 40 counted per colleague" in said
    assert "from 25 colleagues on, or a part of at least 100" in said
    assert "Nothing that comes later changes it" in said
    assert "Visits below the margin are not shown" in said
    assert "The next figures come on 1 December 2026." in said
    assert page.text.count('<svg class="chart-') == 4


def test_a_month_begins_a_heading_with_a_capital_in_dutch_too(reader, released):
    reader.post("/language", data={"language": "nl"})
    page = reader.get("/reach")
    assert '<h2 id="month-latest">Oktober 2026</h2>' in page.text
    assert '<th scope="row">Oktober 2026</th>' in page.text
    assert "als geheel, oktober 2026." in text_of(page)
    assert "Ongeveer 80 van de 620 collega’s" in text_of(page)


def test_what_is_too_few_says_so(reader, released):
    rows = cells(reader.get("/reach"))
    assert ["August 2026", "too few to show", "160", "620"] in rows


def test_the_files_are_the_tables_of_the_page(reader, released):
    page, file = reader.get("/reach"), reader.get("/reach.csv")
    assert file.mimetype == "text/csv"
    _header, *rows = csv.reader(StringIO(file.text.removeprefix("\ufeff")))
    on_page = [[cell.replace(",", "") for cell in row] for row in cells(page)]
    assert [row[2:6] for row in rows] == on_page
    assert len(rows) == 6
    records = json.loads(reader.get("/reach.json").text)["figures"]
    assert [
        ["too few to show" if one["about"] is None else str(one["about"])]
        for one in records
    ] == [row[1:2] for row in on_page]
    assert (records[0]["from"], records[0]["to"]) == ("2026-10-01", "2026-10-31")


def test_nothing_unrounded_leaves_the_house(reader, session, released):
    """Noisy values are safe, and even so only what is shown is sent."""
    assert set(session.scalars(select(ReleasedFigure.noisy))) == {10**7}
    for address in [*PAGES, "/reach/method"]:
        assert "10000000" not in reader.get(address).text.replace(",", "")


def test_heads_are_shown_to_the_nearest_ten(reader, session, shelf):
    shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80, heads=617)
    session.commit()
    for address in PAGES:
        text = reader.get(address).text
        assert "620" in text
        assert "617" not in text


@pytest.mark.parametrize("address", [*PAGES, "/reach/method"])
def test_everybody_reads_the_same_bytes(client, session, world, released, address):
    """A5: the same for an employee and for a manager, but for the name in the corner."""
    seen = set()
    for role in (None, Role.MANAGER):
        person = world.person(on=None)
        person.role_names = [role.value] if role else []
        signed_in(client, session, person)
        seen.add(main_of(client.get(address)))
    assert len(seen) == 1


@pytest.mark.parametrize("address", [*PAGES, "/reach/method"])
def test_a_question_in_the_address_finds_no_page(reader, address):
    """A6: there is nothing to filter by, whether or not there is anything yet."""
    for question in ("?unit=3", "?sort=value&from=2026-10-01", "?x", "?="):
        assert reader.get(address + question).status_code == 404


def test_before_the_first_release_it_says_when_it_will_be(reader, session, shelf):
    shelf.opened("organisation", NOVEMBER)
    session.commit()
    page = reader.get("/reach")
    assert "The first figures come on 1 December 2026" in text_of(page)
    assert 'href="/shares/figures"' in page.text
    assert len(reader.get("/reach.csv").text.splitlines()) == 1
    assert reader.get("/reach.json").json == {"figures": []}


def test_figures_are_seen_from_the_opening_hour_on_and_not_before(
    reader, session, shelf
):
    """A9: whatever the job does between two openings changes no byte."""
    shelf.opened("organisation", OCTOBER)
    session.commit()

    def at(hour, minute=0):
        with clock_at(datetime(2026, 11, 1, hour, minute, tzinfo=UTC)):
            return main_of(reader.get("/reach"))

    before = at(5, 59)
    shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80)
    shelf.opened("organisation", NOVEMBER)
    session.commit()
    assert at(6) == at(6, 59) == before
    assert "about" in at(7)
    assert at(7) != before
    after = at(7)
    give_notice(session, NoticeKind.WITHDRAWN, "organisation", OCTOBER, "Wrong.")
    session.commit()
    assert at(16) == after


@pytest.mark.parametrize("address", PAGES)
def test_it_speaks_dutch(reader, released, address):
    page = reader.get(address, headers={"Accept-Language": "nl"})
    if address == "/reach":
        assert '<html lang="nl"' in page.text
    if address != "/reach.json":
        assert "oktober 2026" in page.text


@pytest.mark.parametrize("address", PAGES)
def test_strangers_sign_in_first(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_it_is_never_kept_by_a_browser(reader, released):
    """A9: no mark says whether anything changed."""
    for address in PAGES:
        headers = reader.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert not {"ETag", "Last-Modified"} & set(headers.keys())


@pytest.mark.parametrize("count", [0, 1, 30])
def test_it_asks_as_much_whatever_there_is(reader, session, shelf, connection, count):
    for start in months(count) if count else ():
        shelf.figure("organisation", start, Metric.SHARERS, 80)
    session.commit()
    for address, most in (("/reach", 6), ("/reach.csv", 3), ("/reach.json", 3)):
        with statements(connection) as asked:
            reader.get(address)
        assert len(asked) == most, asked


def test_a_name_that_looks_like_a_formula_is_a_name(reader, session, shelf, released):
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(session, NoticeKind.WITHDRAWN, "organisation", SEPTEMBER, "=1+1")
    session.commit()
    rows = list(csv.reader(StringIO(reader.get("/reach.csv").text)))
    assert not [cell for row in rows for cell in row if re.match(r"[=+@-]", cell)]


def test_a_window_that_was_opened_by_the_clock_is_on_the_page(reader, session, world):
    """The rows of the tests are those of the product."""
    world.colleagues(210)
    open_due(session, NOVEMBER)
    session.commit()
    assert "The first figures come on 1 December 2026" in text_of(reader.get("/reach"))


def test_inside_a_dutch_sentence_no_month_has_a_capital(reader, shelf, released):
    """On any page of figures, drawings and words for who cannot see them included."""
    reader.post("/language", data={"language": "nl"})
    page = unescape(re.sub(r"<[^>]+>", "\n", reader.get("/reach").text))
    names = "Augustus|September|Oktober|November|December"
    inside = [line for line in page.splitlines() if re.search(rf"\S ({names})\b", line)]
    assert inside == []
    assert "Oktober 2026" in page.splitlines()
