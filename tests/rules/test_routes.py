"""Every route says who may come in, and looks like an address people can read."""

import ast
import re
from pathlib import Path

import pytest

# Flask's own route for plain files, which are the same for everybody.
STATIC = {"static"}


def _views(app):
    return {
        name: view for name, view in app.view_functions.items() if name not in STATIC
    }


def test_every_route_names_its_permission_or_says_it_is_open(app):
    unmarked = [
        name for name, view in _views(app).items() if not hasattr(view, "access")
    ]
    assert unmarked == []


def test_the_open_routes_are_these_and_no_others(app):
    """A new open route must be written down here, by somebody who thought about it."""
    open_ = {name for name, view in _views(app).items() if view.access is None}
    assert open_ == {
        "health.alive",
        "health.ready",
        "people.sign_in",
        "people.sign_out",
        "people.choose_language",
        "people_demo.choose_person",
    }


def test_addresses_are_lower_case_with_hyphens(app):
    bad = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in STATIC
        and not re.fullmatch(r"(/([a-z0-9.-]+|<[a-z:_]+>(\.[a-z]+)?))*/?", rule.rule)
    ]
    assert bad == []


@pytest.mark.parametrize(
    "address", ["/", "/shares", "/shares/figures", "/consent", "/reach", "/curate"]
)
def test_a_stranger_is_sent_to_sign_in_and_nowhere_else(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_nothing_that_changes_something_answers_to_get(app):
    """GET changes nothing, so an unsafe method never shares its rule with GET by accident."""
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    assert posts
    for rule in posts:
        assert not rule.methods & {"PUT", "PATCH", "DELETE"}


# They only look at what kind of request it is, and do nothing.
ONLY_LOOK = {"access.py": "advocacy/people", "views.py": "advocacy/watch"}


def test_no_view_takes_a_head_for_a_press():
    """HEAD comes to every view of GET, without a token: only POST may change anything."""
    found = []
    for file in Path("advocacy").rglob("*.py"):
        if str(file.parent) in {ONLY_LOOK.get(file.name), "advocacy/links"}:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Compare) and "request.method" in ast.unparse(node):
                compared = ast.unparse(node)
                if "'POST'" not in compared and "SAFE" not in compared:
                    found.append(f"{file}: {compared}")
    assert found == []
