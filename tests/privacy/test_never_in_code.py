"""What must never be in the code, and that it would be found (privacy.md 5)."""

import ast

import pytest

from integrations.database import Base
from tests.privacy.source import (
    groups_by_person,
    modules,
    outward_imports,
    words_of_rank,
)

# What each person adds, cut off and without names, and who allowed it: for a release alone.
MAY_GROUP = {
    "advocacy/reach/collect.py",
    "advocacy/reach/collect_items.py",
    "advocacy/reach/countable.py",
}


def names_of_tables():
    for table in Base.metadata.tables.values():
        yield table.name
        for column in table.columns:
            yield f"{table.name}.{column.name}"


def test_no_table_or_column_ranks(app):
    names = list(names_of_tables())
    assert len(names) > 100
    assert [name for name in names if words_of_rank(name)] == []


def test_no_address_ranks(app):
    addresses = [rule.rule for rule in app.url_map.iter_rules()]
    assert len(addresses) > 40
    assert [each for each in addresses if words_of_rank(each)] == []


def test_no_module_or_function_ranks():
    found = {
        f"{file}: {node.name}"
        for file, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and words_of_rank(node.name)
    }
    assert found == set()
    assert [file for file, _tree in modules() if words_of_rank(file)] == []


@pytest.mark.parametrize(
    "name", ["leaderboard", "person.streak", "/figures/top", "top_sharers", "ranglijst"]
)
def test_a_name_that_ranks_is_found(name):
    assert words_of_rank(name)


def test_nothing_makes_a_row_of_each_person_but_the_release():
    assert {file for file, tree in modules() if groups_by_person(tree)} == MAY_GROUP


def test_a_query_by_person_is_found():
    query = "select(Share.person_id, count()).group_by(Share.person_id)"
    assert groups_by_person(ast.parse(query))
    assert not groups_by_person(ast.parse("select(Share).group_by(Share.state)"))


def test_only_networks_are_talked_to_and_no_letters_are_sent():
    talking = {file: outward_imports(tree) for file, tree in modules()}
    talking = {file: used for file, used in talking.items() if used}
    letters = {file for file, used in talking.items() if "smtplib" in used}
    assert letters == set()
    outside = {file for file in talking if not file.startswith("integrations/")}
    assert outside == ASKED_OF_OURSELVES
    assert len(talking) > 5


# Whether a process or a port of this machine is there, what it is called, and what is an
# address: nothing leaves it.
ASKED_OF_OURSELVES = {
    "advocacy/demo/ports.py",
    "advocacy/demo/processes.py",
    "advocacy/links/callers.py",
    "advocacy/shares/station.py",
    "advocacy/worker.py",
}


@pytest.mark.parametrize(
    "line",
    [
        "import requests",
        "from requests.sessions import Session",
        "from http import client",
        "import urllib.request",
        "from smtplib import SMTP",
    ],
)
def test_another_way_out_is_found(line):
    assert outward_imports(ast.parse(line))


def reads_wishes(tree):
    """Whether it looks at what an address asks for, as in `?sort=`."""
    return any(
        ast.unparse(node).startswith(
            ("request.args", "request.values", "request.query")
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    )


def test_no_page_of_figures_can_be_sorted_or_searched():
    """That there is a question at all is looked at once in each, to refuse it."""
    readers = {file for file, tree in modules() if reads_wishes(tree)}
    assert "advocacy/library/front_views.py" in readers
    figures = ("advocacy/reach/", "advocacy/council/")
    assert {one for one in readers if one.startswith(figures)} == {
        "advocacy/council/views.py",
        "advocacy/reach/views.py",
    }
