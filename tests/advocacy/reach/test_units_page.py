"""The list of all parts: from A to Z whatever they did, for those who may read it."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.people.roles import Role
from advocacy.reach.alphabet import by_name
from advocacy.reach.models import Metric
from advocacy.reach.notice_rows import NoticeKind
from advocacy.reach.notices import give_notice
from advocacy.reach.queries import Figure
from advocacy.reach.tables import TABLES, Rhythm
from advocacy.reach.unit_list import listings
from advocacy.reach.windows import window_of
from integrations.clock import clock_at
from tests.advocacy.reach.reading import cells, read_as, statements, text_of

Q2, Q3 = date(2026, 4, 1), date(2026, 7, 1)
FILES = ["/reach/units.csv", "/reach/units.json"]
ADDRESSES = ["/reach/units", *FILES]
READERS = [Role.COMMUNICATIONS, Role.AUDITOR]
# Their values fall as the alphabet rises, so an order by value would be seen.
PARTS = {"Zwolle depot": 5, "école": 40, "Field": 70, "Depot": 95, "Élan": 30}
A_TO_Z = ["Depot", "école", "Élan", "Field", "Zwolle depot"]
pytestmark = pytest.mark.usefixtures("at_reading")


@pytest.fixture
def parts(session, shelf):
    """Five parts in two quarters, and one that is measured no longer."""
    keys = {name: shelf.group(n, n) for n, name in enumerate(PARTS, 1)}
    old = shelf.group(9, 9)
    for start in (Q2, Q3):
        for name, value in PARTS.items():
            own = {"group": keys[name], "name": name, "heads": 117}
            shelf.figure("unit", start, Metric.SHARERS, value, **own)
            if name in {"Field", "Depot"}:
                visits = value * 10 if start == Q2 else None
                shelf.figure("unit-clicks", start, Metric.CLICKS, visits, **own)
        shelf.figure("unit", start, Metric.SHARERS, 260, parts=5)
    shelf.figure("unit", Q2, Metric.SHARERS, 15, group=old, name="Old", heads=110)
    session.commit()
    return keys


@pytest.mark.parametrize("role", READERS)
def test_every_part_is_there_with_its_latest_figure_in_words(
    client, session, world, parts, role
):
    page = read_as(client, session, world, role).get("/reach/units")
    assert page.status_code == 200
    assert cells(page) == [
        *([name, f"about {PARTS[name]} of 120", "10"] for name in A_TO_Z),
        ["Depot", "too few to show", "240"],
        ["Field", "too few to show", "240"],
    ]
    assert "Colleagues who shared something, 3rd quarter 2026" in text_of(page)
    for key in parts.values():
        assert f'href="/reach/groups/{key}"' in page.text
        assert client.get(f"/reach/groups/{key}").status_code == 200


def test_it_says_when_parts_are_measured_again(editor, session, shelf, parts):
    shelf.opened("organisation", date(2026, 11, 1))
    shelf.opened("unit", date(2026, 10, 1), parts["Field"], name="Field")
    session.commit()
    said = text_of(editor.get("/reach/units"))
    assert "The next figures come on 1 January 2027." in said


def test_the_files_are_the_page(editor, parts):
    _header, *rows = csv.reader(
        StringIO(editor.get("/reach/units.csv").text.removeprefix("\ufeff"))
    )
    assert [row[0] for row in rows] == [*A_TO_Z, "Depot", "Field"]
    assert [row[3] for row in rows[:5]] == [str(PARTS[name]) for name in A_TO_Z]
    assert {row[2] for row in rows} == {"3rd quarter 2026"}
    records = editor.get("/reach/units.json").json["figures"]
    assert [one["of"] for one in records] == [row[0] for row in rows]
    assert [one["about"] for one in records[4:]] == [5, None, None]


names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
figure = st.tuples(names, st.none() | st.integers(0, 500), st.integers(100, 900))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(figure, max_size=8), st.randoms(use_true_random=False), st.data())
def test_the_order_is_the_alphabet_whatever_the_figures_say(app, found, chance, data):
    """In whatever order they are found, too."""

    def rows(values):
        figures = [
            Figure(
                window=window_of(Rhythm.QUARTER, Q3),
                table=TABLES["unit"],
                group=f"g{n:016x}",
                name=name,
                metric=Metric.SHARERS,
                value=value,
                margin=10,
                heads=heads,
            )
            for n, (name, value, heads) in enumerate(values)
        ]
        chance.shuffle(figures)
        with app.test_request_context():
            return [row for one in listings(figures) for row in one.rows]

    seen = rows(found)
    assert [by_name(row.name) for row in seen] == sorted(by_name(r.name) for r in seen)
    value = st.none() | st.integers(0, 500)
    others = [(name, data.draw(value), heads) for name, _value, heads in found]
    assert [row.key for row in rows(others)] == [row.key for row in seen]


def test_weeks_come_before_quarters_and_larger_parts_before_smaller(
    editor, session, shelf
):
    for n in (1, 2):
        own = {"group": shelf.group(n, n), "name": f"Part {n}", "heads": 700}
        shelf.figure("unit-large", Q3, Metric.SHARERS, 20, **own)
        for metric in (Metric.CLICKS, Metric.SHARERS):
            shelf.figure("division", date(2026, 9, 1), metric, 300, **own)
    session.commit()
    said = text_of(editor.get("/reach/units"))
    titles = [
        "Colleagues who shared something, September 2026",
        "Visits to what they shared, September 2026",
        "Colleagues who shared something, 3rd quarter 2026",
    ]
    assert sorted(titles, key=said.index) == titles


def test_who_grew_reads_the_newer_table_alone(editor, session, shelf):
    key = shelf.group(1, 1)
    for table, start in (("unit", Q2), ("unit-large", Q3)):
        own = {"group": key, "name": "Depot", "heads": 400}
        shelf.figure(table, start, Metric.SHARERS, 20, **own)
    session.commit()
    assert cells(editor.get("/reach/units")) == [["Depot", "about 20 of 400", "12"]]


def test_a_sum_is_said_to_be_one(editor, session, shelf, parts):
    assert "Some parts are in others" not in editor.get("/reach/units").text
    own = {"group": f"g{99:016x}", "name": "All depots", "parts": 2, "heads": 240}
    shelf.figure("unit", Q3, Metric.SHARERS, 75, **own)
    session.commit()
    page = editor.get("/reach/units")
    assert "Some parts are in others" in page.text
    assert cells(page)[0] == ["All depots", "about 75 of 240", "15"]


def test_what_was_withdrawn_or_never_came_gives_its_reason(
    editor, session, shelf, parts
):
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(
            session,
            NoticeKind.WITHDRAWN,
            "unit",
            Q3,
            "Counted twice.",
            group=parts["Field"],
        )
        shelf.opened("unit-clicks", Q3, f"g{77:016x}", name="Never", heads=260)
        give_notice(
            session,
            NoticeKind.NOT_RELEASED,
            "unit-clicks",
            Q3,
            "Restored.",
            group=f"g{77:016x}",
        )
    session.commit()
    page = editor.get("/reach/units")
    assert ["Field", "not published", "10"] in cells(page)
    assert "Field: The reason given: “Counted twice.”" in text_of(page)
    assert ["Never", "not published", "240"] in cells(page)


def test_before_any_part_has_figures_it_says_when_the_next_ones_come(
    editor, session, shelf
):
    page = editor.get("/reach/units")
    assert page.status_code == 200
    assert "No part has figures yet" in page.text
    shelf.opened("organisation", date(2026, 11, 1))
    shelf.opened("unit", date(2026, 10, 1), f"g{1:016x}", name="Depot")
    session.commit()
    said = text_of(editor.get("/reach/units"))
    assert "The first figures come on 1 January 2027" in said
    assert "Depot" not in said
    assert editor.get("/reach/units.json").json == {"figures": []}


@pytest.mark.parametrize("count", [0, 1, 30])
def test_it_asks_as_much_whatever_there_is(editor, session, shelf, connection, count):
    for n in range(1, count + 1):
        own = {"group": shelf.group(n, n), "name": f"Part {n}"}
        shelf.figure("unit", Q3, Metric.SHARERS, 20, **own)
    session.commit()
    for address, most in zip(ADDRESSES, (5, 2, 2), strict=True):
        with statements(connection) as asked:
            editor.get(address)
        assert len(asked) == most, asked


@pytest.mark.parametrize("language", ["en", "nl"])
def test_it_speaks_the_reader_s_language(editor, parts, language):
    page = editor.get("/reach/units", headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in page.text
    quarter = {"en": "3rd quarter 2026", "nl": "3e kwartaal 2026"}[language]
    assert quarter in page.text
