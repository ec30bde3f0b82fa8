"""Figures that are read with a word beside them: withdrawn, never out, too few, of other sizes."""

import re
from datetime import UTC, date, datetime

import pytest

from advocacy.reach import chain
from advocacy.reach.models import Metric, ReleasedFigure
from advocacy.reach.notice_rows import NoticeKind
from advocacy.reach.notices import give_notice
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import OCTOBER
from tests.advocacy.reach.reading import cells, text_of

SEPTEMBER = date(2026, 9, 1)
pytestmark = pytest.mark.usefixtures("at_reading")


@pytest.mark.parametrize(
    ("table", "start", "said"),
    [
        (
            "organisation-small",
            date(2026, 7, 1),
            ["Quarter by quarter", "3rd quarter 2026", ">Q3<", "in the 3rd quarter"],
        ),
        (
            "organisation-large",
            date(2026, 10, 19),
            ["Week by week", "week of 19 October 2026", "in the week of 19 October"],
        ),
    ],
)
def test_small_organisations_read_quarters_and_large_ones_weeks(
    reader, session, shelf, table, start, said
):
    shelf.figure(table, start, Metric.SHARERS, 20)
    session.commit()
    page = reader.get("/reach").text
    for words in said:
        assert words in page


def test_an_organisation_that_grows_keeps_its_quarters(reader, session, shelf):
    """The quarter of the whole, then the sum of its parts: one row of quarters."""
    shelf.figure("organisation-small", date(2026, 4, 1), Metric.SHARERS, 30)
    shelf.figure("unit", date(2026, 7, 1), Metric.SHARERS, 55, parts=3)
    shelf.figure("organisation", SEPTEMBER, Metric.SHARERS, 40)
    session.commit()
    page = reader.get("/reach")
    assert page.text.index("Month by month") < page.text.index("Quarter by quarter")
    assert ["3rd quarter 2026", "55", "18", "620"] in cells(page)
    assert ["2nd quarter 2026", "30", "6", "620"] in cells(page)
    assert "colleagues is the sum of the numbers of the parts" in text_of(page)
    assert "visits is the sum" not in text_of(page)
    assert "A longer period is not the sum of shorter ones" in text_of(page)


def test_figures_of_the_first_method_are_shown_as_they_were(reader, session, shelf):
    for metric, noisy in ((Metric.SHARERS, 78), (Metric.CLICKS, 159)):
        row = shelf.figure("organisation", OCTOBER, metric, None, noisy=noisy)
        assert row.method_version == 2
    first = {"method_version": 1, "shown": None}
    shelf.figure("organisation", SEPTEMBER, Metric.SHARERS, noisy=-3, **first)
    shelf.figure("organisation", SEPTEMBER, Metric.CLICKS, noisy=161, **first)
    session.commit()
    assert chain.is_whole(session, ReleasedFigure)
    rows = [row[:2] for row in cells(reader.get("/reach"))]
    assert rows == [
        ["October 2026", "too few to show"],
        ["September 2026", "0"],
        ["October 2026", "too few to show"],
        ["September 2026", "160"],
    ]


def test_a_withdrawn_figure_gives_way_to_its_notice(reader, session, released):
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(
            session, NoticeKind.WITHDRAWN, "organisation", SEPTEMBER, "Counted twice."
        )
    session.commit()
    page = reader.get("/reach")
    assert ["September 2026", "not published", "12", "620"] in cells(page)
    assert "September 2026: The reason given: “Counted twice.”" in text_of(page)
    assert "50" not in {row[1] for row in cells(page)}
    record = reader.get("/reach.json").json["figures"][1]
    assert (record["about"], record["published"]) == (None, False)
    assert record["notice"] == "Counted twice."


def test_a_replaced_figure_stands_with_the_notice_beside_it(
    reader, session, shelf, released
):
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(
            session, NoticeKind.WITHDRAWN, "organisation", SEPTEMBER, "Counted twice."
        )
    shelf.figure("organisation", SEPTEMBER, Metric.SHARERS, 35, edition=2)
    session.commit()
    page = reader.get("/reach")
    assert ["September 2026", "35", "12", "620"] in cells(page)
    assert "An earlier figure was withdrawn." in text_of(page)


def test_what_never_came_out_is_said_where_it_would_stand(
    reader, session, shelf, released
):
    july = date(2026, 7, 1)
    shelf.opened("organisation", july)
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(session, NoticeKind.NOT_RELEASED, "organisation", july, "Restored.")
    session.commit()
    page = reader.get("/reach")
    assert ["July 2026", "not published", "12", "620"] in cells(page)
    assert "July 2026: The reason given: “Restored.”" in text_of(page)


def test_when_every_month_had_too_few_the_chart_says_so(reader, session, shelf):
    shelf.figure("organisation", OCTOBER, Metric.CLICKS, None)
    session.commit()
    page = reader.get("/reach")
    assert "In every period there were too few to show." in page.text
    assert "In October 2026 there were too few visits to show" in text_of(page)


GAP = "A period without a dot has no figure"


def test_a_gap_in_a_chart_is_explained_where_there_is_one(
    reader, session, shelf, released
):
    """The same words whatever the reason is, under that chart alone."""

    def explained():
        charts = re.findall(
            r'<figure class="chart".*?</figure>', reader.get("/reach").text, re.DOTALL
        )
        return [GAP in one for one in charts]

    assert explained() == [False, True]
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(
            session, NoticeKind.WITHDRAWN, "organisation", SEPTEMBER, "Counted twice."
        )
    session.commit()
    assert explained() == [True, True]


def test_a_line_is_broken_where_a_month_has_no_row(reader, session, shelf):
    for month in (3, 4, 6, 7):
        shelf.figure("organisation", date(2026, month, 1), Metric.SHARERS, 40)
    session.commit()

    page = reader.get("/reach").text

    [wide] = re.findall(r'<svg class="chart-wide".*?</svg>', page, re.DOTALL)
    lines = re.findall(r'<polyline class="c-line" points="([^"]*)"', wide)
    assert [len(line.split()) for line in lines] == [2, 2]
    assert len(re.findall("<circle", wide)) == 4
    assert GAP in page


def test_when_nothing_stands_the_chart_does_not_say_too_few(reader, session, shelf):
    shelf.figure("organisation", SEPTEMBER, Metric.SHARERS, 40)
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(
            session, NoticeKind.WITHDRAWN, "organisation", SEPTEMBER, "Counted twice."
        )
    session.commit()

    page = reader.get("/reach").text

    assert "Of no period there is a number to show." in page
    assert "In every period there were too few" not in page


def test_years_side_by_side_have_their_margins(reader, session, shelf, released):
    shelf.figure("organisation", date(2025, 10, 1), Metric.SHARERS, 75)
    shelf.figure("organisation", date(2025, 8, 1), Metric.CLICKS, 1200)
    session.commit()
    page = reader.get("/reach")
    assert "a column for each year; behind ± is the margin" in text_of(page)
    rows = [row for row in cells(page) if row[0] in {"August", "October"}]
    assert rows == [
        ["August", "", "45 ± 12"],
        ["October", "75 ± 12", "80 ± 12"],
        ["August", "1,200 ± 160", "too few to show"],
        ["October", "", "890 ± 160"],
    ]


def test_an_organisation_too_small_is_told_so(reader):
    assert "Figures begin with 25 colleagues" in text_of(reader.get("/reach"))


def test_one_single_release_is_a_page_too(reader, session, shelf):
    shelf.figure("organisation", OCTOBER, Metric.SHARERS, 80)
    session.commit()
    page = reader.get("/reach")
    assert page.status_code == 200
    assert "The table below has the same." in page.text
