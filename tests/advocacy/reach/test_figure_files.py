"""Figures as files: the shape that docs/figures.md promises, and cells that do nothing."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from advocacy.reach.files import csv_file
from advocacy.reach.models import Metric
from advocacy.reach.queries import Figure
from advocacy.reach.tables import TABLES, Rhythm
from advocacy.reach.windows import window_of
from tests.advocacy.reach.conftest import OCTOBER

DOCUMENT = Path("docs/figures.md").read_text()
NAMES = {
    "of": str,
    "figure": str,
    "from": str,
    "to": str,
    "called": str,
    "about": int | None,
    "in_words": str,
    "give_or_take": int,
    "colleagues": int,
    "published": bool,
    "notice": str,
}
RUN = re.compile(r"[=+@\t\r-]")


def figure(reason=""):
    return Figure(
        window=window_of(Rhythm.MONTH, OCTOBER),
        table=TABLES["organisation"],
        group="organisation",
        name="",
        metric=Metric.SHARERS,
        value=80,
        margin=12,
        heads=620,
        reason=reason,
    )


def test_the_document_names_what_a_file_has(reader, session, shelf):
    shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80)
    shelf.figure("organisation", OCTOBER, Metric.CLICKS, None)
    session.commit()
    answer = reader.get("/reach.json").json
    assert list(answer) == ["figures"]
    for record in answer["figures"]:
        assert set(record) == set(NAMES)
        for name, kind in NAMES.items():
            assert isinstance(record[name], kind), name
    part = DOCUMENT.partition("## As files")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    assert {name for row in rows for name in re.findall("`(.*?)`", row)} == set(NAMES)


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(rest=st.text(st.characters(codec="utf-8", exclude_categories=["C"])))
@example(rest="=")  # behind a tab another cell begins
def test_no_cell_is_a_formula_whatever_it_is_called(app, beginning, rest):
    name = beginning + rest
    with app.test_request_context():
        file = csv_file([(name, name, figure(name))], "reach").get_data(as_text=True)
    _header, row = csv.reader(StringIO(file.removeprefix("\ufeff"), newline=""))
    assert not any(RUN.match(cell) for cell in row)
    assert row[0].startswith("'")
    assert row[0].replace("'", "") == name.replace("'", "")
