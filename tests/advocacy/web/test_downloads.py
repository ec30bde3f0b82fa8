"""Files open well in table programs, run nothing there, and are kept under their name."""

import csv
import io
import re

import pytest

from advocacy.web.downloads import csv_file, json_file


def read(answer):
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_has_its_mark_its_headings_and_its_name():
    answer = csv_file(["Of", "About"], [["Café, “Ülm”", 40], ["Rest", None]], "reach")
    assert answer.get_data().startswith(b"\xef\xbb\xbfOf,About\r\n")
    assert read(answer)[1:] == [["Café, “Ülm”", "40"], ["Rest", ""]]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    disposition = 'attachment; filename="reach.csv"'
    assert answer.headers["Content-Disposition"] == disposition


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_no_cell_is_run_as_a_formula(sign):
    [_header, [first, second]] = read(
        csv_file(["A", "B"], [[f"{sign}1+1", f"1{sign}1"]], "x")
    )
    assert first == f"'{sign}1+1"
    assert second == f"1{sign}1"


@pytest.mark.parametrize("cell", ["Ops;=1+1", "Ops;  @a", "Tab\t=1", " =1"])
def test_no_part_of_a_cell_is_run_as_one_where_semicolons_part_cells(cell):
    answer = csv_file(["A", "B"], [["x", cell]], "x")
    row = answer.get_data(as_text=True).splitlines()[1].removeprefix("x,")
    parts = re.split(r"[;\t]", row.strip('"'))
    assert not [one for one in parts if one.strip().startswith(("=", "@"))]


def test_json_is_a_file_as_well(app):
    with app.test_request_context():
        answer = json_file({"figures": []}, "reach")
    assert answer.json == {"figures": []}
    assert answer.headers["Content-Disposition"].endswith('filename="reach.json"')
