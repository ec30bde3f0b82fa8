"""Charts: what is drawn lies where it should, says itself in words, and hides nothing."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.chart import Words, draw
from advocacy.reach.chart_frame import (
    TALL,
    WIDE,
    Point,
    frame,
    labelled,
    scale,
)

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("sharers", "Sharers", "From 5 to 80.", "about 80", "± 12")
MONTHS = ["Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun"]
POINTS = st.lists(
    st.builds(
        Point,
        label=st.sampled_from(MONTHS),
        value=st.none() | st.integers(0, 200_000),
        margin=st.integers(1, 400),
    ),
    min_size=1,
    max_size=24,
)


def drawn(points, words=WORDS):
    both = str(draw(points, words, str)).replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '
    )
    return [ET.fromstring(svg) for svg in both.split("\n")]  # noqa: S314  (ours)


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def points_of(values, margin=12):
    return [Point(m, v, margin) for m, v in zip(MONTHS, values, strict=False)]


@given(POINTS)
def test_everything_drawn_lies_on_the_paper_and_starts_from_zero(points):
    for svg, paper in zip(drawn(points), (WIDE, TALL), strict=True):
        room = frame(paper, points, WORDS.last, str)
        for shape in svg.iter():
            xs_and_ys = numbers(shape.get("points", ""))
            assert all(0 <= x <= paper.width for x in xs_and_ys[::2])
            assert all(
                room.top - 0.1 <= y <= room.bottom + 0.1 for y in xs_and_ys[1::2]
            )
        zero = [
            line for line in svg.iter(f"{SVG}path") if line.get("class") == "c-zero"
        ]
        assert len(zero) == 1
        lines = list(svg.iter(f"{SVG}path"))
        assert 2 <= len(lines) <= 5


@given(POINTS)
def test_each_figure_gets_one_dot_at_its_height(points):
    for svg, paper in zip(drawn(points), (WIDE, TALL), strict=True):
        dots = list(svg.iter(f"{SVG}circle"))
        values = [point.value for point in points if point.value is not None]
        room = frame(paper, points, WORDS.last, str)
        assert [float(dot.get("cy")) for dot in dots] == pytest.approx(
            [room.y(value) for value in values], abs=0.06
        )


@given(POINTS)
def test_no_band_crosses_the_highest_line(points):
    for paper in (WIDE, TALL):
        room = frame(paper, points, WORDS.last, str)
        assert len(room.lines) <= 5
        for point in points:
            assert point.value is None or point.value + point.margin <= room.most


@pytest.mark.parametrize(
    ("highest", "most"),
    [
        (5, 5),
        (97, 100),
        (110, 120),
        (640, 800),
        (860, 1000),
        (1020, 1200),
        (2100, 2400),
    ],
)
def test_the_scale_ends_soon_above_the_highest_value(highest, most):
    points = [Point("Sep", 0, 1), Point("Oct", highest - 1, 1)]
    assert scale(points)[1] == most
    for paper in (WIDE, TALL):
        assert frame(paper, points, "", str).most == most


def test_years_stand_below_both_ends_and_where_a_new_one_begins():
    names = [*MONTHS[:4], *MONTHS[4:], "Jul", "Aug", "Sep", "Oct"]
    years = ["2025"] * 4 + ["2026"] * 10
    points = [
        Point(name, 750, 160, year) for name, year in zip(names, years, strict=True)
    ]
    for svg, paper in zip(drawn(points), (WIDE, TALL), strict=True):
        low = {
            text.get("x"): text.text
            for text in svg.iter(f"{SVG}text")
            if text.text in {"2025", "2026"}
        }
        above = {
            text.get("x"): text.text
            for text in svg.iter(f"{SVG}text")
            if text.text in names
        }
        assert list(low.values()) == ["2025", "2026", "2026"]
        assert [above[x] for x in low][::2] == [next(iter(above.values())), "Oct"]
        assert paper.height > frame(paper, points, "", str).bottom + 40
        if paper is WIDE:
            assert list(above.values()) == names


@given(POINTS)
def test_names_stand_apart_and_the_last_is_always_there(points):
    for paper in (WIDE, TALL):
        room = frame(paper, points, WORDS.last, str)
        places = labelled(points, room)
        assert places[-1] == len(points) - 1
        for left, right in pairwise(places):
            assert room.x(right) - room.x(left) >= 9 * len(points[left].label)


def test_it_has_a_name_and_a_finding_for_who_cannot_see_it():
    for svg in drawn(points_of([20, 80])):
        ids = svg.get("aria-labelledby").split()
        named = {e.get("id"): e.text for e in svg.iter() if e.get("id")}
        assert svg.get("role") == "img"
        assert [named[one] for one in ids] == ["Sharers", "From 5 to 80."]


def test_ids_are_unique_on_a_page_with_two_charts():
    page = str(draw(points_of([1]), WORDS, str)) + str(
        draw(points_of([1]), Words("clicks", "", "", "", ""), str)
    )
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 8


def test_the_last_dot_is_filled_and_said_aloud_with_its_margin():
    wide, tall = drawn(points_of([20, 80]))
    filled = [dot.get("class") for dot in wide.iter(f"{SVG}circle")]
    assert filled == ["c-dot", "c-dot c-dot--last"]
    said = [e.text for e in wide.iter(f"{SVG}text") if e.get("class") != "c-text"]
    assert said == ["about 80", "± 12"]
    assert "about 80 ± 12" in [e.text for e in tall.iter(f"{SVG}text")]


def test_too_few_to_show_breaks_the_line_and_draws_no_dot():
    (wide, _) = drawn(
        points_of([20, 30, None, 40, 50, None]), Words("n", "", "", "", "")
    )
    assert len(list(wide.iter(f"{SVG}polyline"))) == 2
    assert len(list(wide.iter(f"{SVG}circle"))) == 4
    assert not [e for e in wide.iter() if "c-dot--last" in (e.get("class") or "")]
    assert not [e for e in wide.iter(f"{SVG}text") if e.get("class") == "c-say"]


def test_a_single_figure_has_its_band_too():
    (wide, _) = drawn(points_of([80]))
    ((band,),) = [list(wide.iter(f"{SVG}polygon"))]
    assert len(numbers(band.get("points"))) == 8


def test_words_are_escaped_and_there_is_no_style_or_script():
    words = Words("n", "<b>", "a & b", "<script>", "'\"")
    svg = str(draw(points_of([1, 2]), words, lambda n: f"<{n}>"))
    assert "<b>" not in svg
    assert "<script" not in svg
    assert "style" not in svg
