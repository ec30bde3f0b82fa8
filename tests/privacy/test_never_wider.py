"""A file of figures is its page once more, from what was released and nothing else."""

import csv
import re
from io import StringIO

import pytest

from advocacy.people.roles import Role
from advocacy.reach.models import Metric, ReleasedFigure
from integrations.database import Base
from tests.advocacy.reach.figure_rows import Shelf
from tests.advocacy.reach.reading import statements, text_of
from tests.advocacy.signing_in import signed_in
from tests.privacy.conftest import colleague
from tests.privacy.figures_out import PART

PAGES = ("/reach", f"/reach/groups/{PART}", "/reach/units", "/reach/items")
NUMBERS = ("about", "give_or_take", "colleagues")
WORDS = ("called", "in_words")
SAID = {"of", "figure", "from", "to", "published", "notice", *WORDS, *NUMBERS}
PEOPLE = {"person", "share", "link"}


def released_tables():
    """Those of the figures, less what they remember of persons until a release; and
    that of the titles.
    """
    return {"item"} | {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith("advocacy.reach.")
        and not {key.column.table.name for key in mapper.local_table.foreign_keys}
        & PEOPLE
    }


@pytest.fixture
def reading(client, session, planted):
    """Somebody of communications; one more part, of a number that is rounded to be told."""
    shelf = Shelf(session)
    quarter = session.query(ReleasedFigure.window_start).filter_by(table="unit").first()
    own = {"group": shelf.group(2, 10**6), "name": "Depot", "heads": 117}
    shelf.figure("unit", quarter[0], Metric.SHARERS, 35, **own)
    session.commit()
    editor = colleague(session, "Other Colleague", Role.COMMUNICATIONS)
    return signed_in(client, session, editor)


@pytest.mark.parametrize("page", PAGES)
def test_a_file_is_made_of_what_was_released(reading, connection, page):
    for ending in (".csv", ".json"):
        with statements(connection) as asked:
            assert reading.get(page + ending).status_code == 200
        tables = set(re.findall(r'\b(?:FROM|JOIN) "?(\w+)', " ".join(asked)))
        assert "released_figure" in tables
        assert tables - released_tables() == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_file_says_nothing_that_its_page_does_not(reading, page):
    said = text_of(reading.get(page))
    figures = reading.get(f"{page}.json").json["figures"]
    assert figures
    for one in figures:
        assert set(one) == SAID
        assert one["of"] in said
        for number in (one[name] for name in NUMBERS if one[name] is not None):
            assert re.search(rf"(?<![\d,]){number:,}(?![\d,])", said), one
    _header, *rows = csv.reader(
        StringIO(reading.get(f"{page}.csv").text.removeprefix("\ufeff"))
    )
    numbers = [
        ["" if one[name] is None else str(one[name]) for name in NUMBERS]
        for one in figures
    ]
    assert [row[0] for row in rows] == [one["of"] for one in figures]
    assert [[row[3] if row[3].isdigit() else "", *row[4:6]] for row in rows] == numbers
