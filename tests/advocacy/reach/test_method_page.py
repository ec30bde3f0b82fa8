"""How figures are made: a page whose numbers are those of the code, and a sum to do again."""

from datetime import date

import pytest
from sqlalchemy import text

from advocacy.reach import worked_example
from advocacy.reach.chain import BEGINNING
from advocacy.reach.drawing import noisy_sum
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.models import Metric
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.tables import PLAN, Size, method_digest
from advocacy.reach.words import metric_title, rhythm_name
from tests.advocacy.reach.conftest import OCTOBER, SeededCoin
from tests.advocacy.reach.reading import cells, text_of

pytestmark = pytest.mark.usefixtures("at_reading")


def test_every_published_table_stands_there_with_its_numbers(reader, app):
    rows = cells(reader.get("/reach/method"))
    with app.test_request_context():
        wanted = [
            [
                rhythm_name(table.rhythm),
                metric_title(measure.metric),
                str(table.floor),
                str(measure.cap),
                str(measure.sigma),
                str(measure.margin),
            ]
            for tables in PLAN.values()
            for table in tables
            if table.published
            for measure in table.measures
        ]
    assert [row[1:] for row in rows if len(row) == 7] == wanted
    assert len(wanted) == 15


def test_what_was_raised_is_in_the_table_of_its_year(reader, session):
    for year, floor in ((2026, 140), (2027, 150)):
        session.add(
            ParameterChange(
                year=year,
                table="unit",
                metric=Metric.SHARERS,
                floor=floor,
                sigma=7,
                previous_hash=BEGINNING,
                own_hash=str(floor),
            )
        )
    session.add(QuarterSize(start=date(2026, 10, 1), size=Size.MEDIUM, heads=620))
    session.commit()
    page = reader.get("/reach/method")
    rows = [row for row in cells(page) if row[0] == "A group of units"]
    assert rows[0][3:] == ["140", "1", "7", "14"]
    assert "This organisation raised floors or noise" in text_of(page)
    assert "about a part of at least 140 colleagues" in text_of(page)


def test_the_promises_are_worked_out(reader):
    """As docs/figures.md has them."""
    page = reader.get("/reach/method")
    said = text_of(page)
    assert "at most 65 times in 100; with a coin it is 50" in said
    assert "may add up to 0.60;" in said
    assert [row for row in cells(page) if len(row) == 3][-4:] == [
        ["25 to 199 colleagues", "0.444", "63.1"],
        ["200 to 1,999 colleagues", "0.493", "63.7"],
        ["2,000 colleagues or more", "0.564", "64.6"],
        ["Whatever happens, at most", "0.600", "65.1"],
    ]
    assert "one figure would be guessed right 60 times in 100" in said
    assert "25 to 199 colleagues: 69 " in said
    assert "200 to 1,999 colleagues: 82; 93 with figures of items" in said
    assert "2,000 colleagues or more: 97; 99 with figures of items" in said


def test_the_example_is_what_the_release_makes_of_it():
    """With a coin that happens to make the draw of the page."""
    example = worked_example.visits_example()
    amounts = [had for had, _ in example.amounts]
    for drawn in (example.drawn, example.other):
        made = {
            noisy_sum(amounts, example.measure, SeededCoin(seed))
            for seed in range(1_500)
        }
        assert example.total + drawn.draw == drawn.noisy
        assert drawn.noisy in made
    assert example.drawn.value == 210
    assert example.other.value is None


def test_the_example_can_be_done_again_by_hand(reader):
    said = text_of(reader.get("/reach/method"))
    assert "The sum: 40 + 40 + 40 + 33 + 21 + 9 = 183." in said
    assert "One draw with sigma 80, say +23: 183 + 23 = 206." in said
    assert "The margin: 2 × 80 = 160." in said
    assert "“about 210, give or take 160”" in said
    assert "Had the draw been −31, it would be 152: below the margin" in said
    assert "are 27, 14, 22; together 63." in said
    assert "2 × 5 × √3, rounded up: 18." in said


def test_parts_of_the_example_make_up_the_whole():
    whole = worked_example.parts_example()
    assert whole.parts == ((27, 25, 30), (14, 10, 15), (22, 20, 20))
    assert whole.value == 65


def test_version_fingerprint_and_size_are_said(reader, session, shelf):
    shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80)
    statement = (
        "INSERT INTO quarter_size (start, size, heads) VALUES (:day, :size, 620)"
    )
    session.execute(text(statement), {"day": OCTOBER, "size": "medium"})
    session.commit()
    said = text_of(reader.get("/reach/method"))
    assert method_digest() in said
    assert "Version 2." in said
    assert "about the period from 1 October 2026 on. Version 1." in said
    assert "There are no figures of it here." in said
    assert "This quarter it is 200 to 1,999 colleagues here." in said
    assert "raised no floor and no noise" in said


def test_it_can_be_read_in_dutch(reader):
    reader.post("/language", data={"language": "nl"})
    said = text_of(reader.get("/reach/method"))
    assert "De som: 40 + 40 + 40 + 33 + 21 + 9 = 183." in said
    assert "200 tot en met 1.999 collega’s" in said
    assert "0,444" in said
