"""Files of units and people are read to their end, whatever is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.people.unit_file import LONGEST_FILE, Row, read_people, read_units
from advocacy.people.unit_names import key_of

COMPANY = "unit,parent\nVeenstroom,\nTechnology,Veenstroom\n"


@pytest.mark.parametrize(
    "content",
    [
        COMPANY.encode(),
        COMPANY.encode("utf-8-sig"),
        COMPANY.replace(",", ";").encode(),
        COMPANY.replace("\n", "\r\n").encode(),
        COMPANY.replace("\n", "\r").encode(),
        COMPANY.rstrip().encode(),
        COMPANY.replace("Technology", '"Technology"').encode(),
        COMPANY.replace("Technology", "  Technology\u00a0").encode(),
        COMPANY.replace("unit,parent", "Unit, Parent").encode(),
    ],
)
def test_a_list_is_read_as_spreadsheets_write_it(content: bytes) -> None:
    read = read_units(content)
    assert read.faults == []
    assert read.rows == [Row(2, "Veenstroom", ""), Row(3, "Technology", "Veenstroom")]


def test_a_comma_in_a_name_stands_between_quotes() -> None:
    read = read_units(b'unit,parent\n"Grid, north",\n')
    assert read.rows == [Row(2, "Grid, north", "")]


def test_empty_lines_are_left_out_and_counted() -> None:
    read = read_units(b"unit,parent\n\n\nVeenstroom,\n")
    assert read.rows == [Row(4, "Veenstroom", "")]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "the file is empty"),
        (b"\xef\xbb\xbf \n", 1, "the file is empty"),
        (b"unit,parent\n", 1, "there is nothing below the first line"),
        (b"Veenstroom,\nTechnology,Veenstroom\n", 1, "has to be unit,parent"),
        (b"unit,parent,head\nVeenstroom,,Ada\n", 1, "has to be unit,parent"),
        (b"unit,parent\nVeenstroom\n", 2, "1 fields instead of 2"),
        (b"unit,parent\nA,\nB,A,\n", 3, "3 fields instead of 2"),
        (b"unit,parent\nA;\n", 2, "1 fields instead of 2"),
        (b"unit,parent\nA,\n ,A\n", 3, "unit: empty"),
        (b"unit,parent\nA,\nB\0,A\n", 3, "a NUL byte"),
        (COMPANY.encode("utf-16"), 1, "a NUL byte"),
        ("unit,parent\nA,\nCaf\xe9,A\n".encode("latin-1"), 3, "this is not UTF-8"),
        (b'unit,parent\nA,\n"B,A\n', 3, "unexpected end of data"),
        (b'unit,parent\nA,\n"B"x,A\nC,A\n', 3, "expected after"),
        (b'unit,parent\n"A\nB",\n', 2, r"'A\nB': this is not one line of text"),
        ("unit,parent\nA\u200b,\n".encode(), 2, "not one line of text"),
        ("unit,parent\n\u202eA,\n".encode(), 2, "not one line of text"),
        ("unit,parent\n\u200d,\n".encode(), 2, "there is nothing to see in it"),
        (b"unit,parent\nA,\nB,\x1b[2J\n", 3, r"parent: '\x1b[2J'"),
        (b"unit,parent\n" + b"A" * 201 + b",\n", 2, "longer than 200 signs"),
        (b"unit,parent\n" + b"A" * 200_000 + b",\n", 2, "field larger than"),
        (b"\n" + b"A" * LONGEST_FILE, 2, "larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(
    content: bytes, line: int, words: str
) -> None:
    faults = read_units(content).faults
    assert [fault.line for fault in faults] == [line]
    assert words in faults[0].words


def test_all_lines_that_are_wrong_are_named_and_the_others_read() -> None:
    read = read_units(b"unit,parent\n,\nA\nB,\nC,,\n")
    assert [fault.line for fault in read.faults] == [2, 3, 5]
    assert read.rows == [Row(4, "B", "")]


def test_a_field_of_several_lines_moves_those_below_it() -> None:
    read = read_units(b'unit,parent\n"A\nB",\n,\n')
    assert [fault.line for fault in read.faults] == [2, 4]


def test_people_need_an_address_and_a_unit() -> None:
    read = read_people(b"email,unit\nada@example.org,\n,Technology\n,\n")
    assert [tuple(fault) for fault in read.faults] == [
        (2, "unit: empty"),
        (3, "email: empty"),
        (4, "email: empty"),
        (4, "unit: empty"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Field operations", "FIELD  Operations"),
        ("Beheer é", "beheer e\u0301"),
        ("Straße", "STRASSE"),
        ("Grid\u00a0planning", "Grid planning"),
        ("نیک\u200cفر", "نیکفر"),
        ("ﬁnance", "Finance"),
        ("Ｇｒｉｄ", "Grid"),
        ("\u0410\u0440\u0441", "Apc"),  # Cyrillic
        ("\u0391\u0392", "AB"),  # Greek
    ],
)
def test_names_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("कि", "कु"), ("A1", "A2"), ("Ø", "O")])
def test_names_that_are_read_differently_are_different(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)


BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(alphabet=';,"\n\r ab\0\u200b\ufeffé', max_size=60).map(str.encode),
)


@given(BYTES, st.sampled_from([b"", b"unit,parent\n", b"\xef\xbb\xbfunit;parent\r"]))
def test_any_bytes_are_read_or_refused_line_by_line(rest: bytes, start: bytes) -> None:
    content = start + rest
    read = read_units(content)
    assert read.rows or read.faults
    lines = content.count(b"\n") + content.count(b"\r") + 1
    assert all(0 < fault.line <= lines for fault in read.faults)
    assert all(key_of(row.first) for row in read.rows)
    assert all("\n" not in fault.words for fault in read.faults)
