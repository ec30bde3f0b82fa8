"""Every column of the database has a sentence, in both languages, and none is left over."""

import pytest

from advocacy.council.fields import ABOUT, in_every_table, sentence, words
from advocacy.migrations.tables import metadata

DESCRIBED = {name: part for part, tables in words().items() for name in tables}
COLUMNS = [
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
]


def test_every_table_is_described_once():
    names = [name for tables in words().values() for name in tables]
    assert sorted(names) == sorted(metadata.tables)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_has_a_sentence_in_both_languages(table, column):
    english = sentence(DESCRIBED[table], table, column, "en")
    dutch = sentence(DESCRIBED[table], table, column, "nl")
    assert english.endswith(".")
    assert dutch.endswith(".")
    assert english != dutch


def test_no_sentence_is_left_of_a_column_that_is_gone():
    left = [
        f"{table}.{column}"
        for tables in words().values()
        for table, columns in tables.items()
        for column in columns
        if column != ABOUT and column not in metadata.tables[table].columns
    ]
    assert left == []
    used = {column for _table, column in COLUMNS}
    assert set(in_every_table()) <= used


def test_a_column_that_nobody_described_is_noticed():
    with pytest.raises(KeyError):
        sentence("people", "person", "salary", "en")


def test_every_table_says_what_it_is_about_in_two_languages():
    for tables in words().values():
        for name, columns in tables.items():
            assert len(columns[ABOUT]) == 2, name
            assert all(len(pair) == 2 for pair in columns.values()), name
