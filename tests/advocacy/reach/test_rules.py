"""One way to an exact number, and two files that add people up: read from the source."""

import ast
import re
from pathlib import Path

import advocacy

ROOT = Path(advocacy.__file__).resolve().parents[1]
PACKAGES = ("advocacy", "content", "integrations")
SOURCES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text())
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
}
COLLECT = "advocacy/reach/collect.py"
COLLECTORS = {COLLECT, "advocacy/reach/collect_items.py"}
RELEASE = "advocacy/reach/release.py"
DRAWING = "advocacy/reach/drawing.py"


def calls(tree, name):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == name
    ]


def imported(tree):
    """Everything a file imports, as `module.name`."""
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def files_that(condition):
    return {name for name, tree in SOURCES.items() if condition(tree)}


def names_counts_of_visits(tree):
    """By the class, or by the table's name in a statement."""
    written = any(
        isinstance(node, ast.Constant)
        and re.search("click_(day|total)", str(node.value))
        for node in ast.walk(tree)
    )
    counts = {f"advocacy.links.models.{name}" for name in ("ClickDay", "ClickTotal")}
    return written or bool(counts & imported(tree))


def test_counts_of_visits_are_read_by_their_owner_and_the_collectors_alone():
    readers = files_that(names_counts_of_visits)
    assert readers == {
        "advocacy/links/models.py",
        "advocacy/links/operations.py",
        "advocacy/links/queries.py",
        "advocacy/links/retention.py",
        "advocacy/links/rollup.py",
        "advocacy/reach/countable.py",
        *COLLECTORS,
    }


def test_only_the_release_collects():
    users = files_that(
        lambda tree: any(
            name.startswith(
                ("advocacy.reach.collect.", "advocacy.reach.collect_items.")
            )
            for name in imported(tree)
        )
    )
    assert users == {RELEASE}


def test_only_the_release_writes_figures():
    makers = files_that(lambda tree: calls(tree, "ReleasedFigure"))
    assert makers == {"advocacy/reach/figure_rows.py"}
    users = files_that(
        lambda tree: "advocacy.reach.figure_rows.figure_rows" in imported(tree)
    )
    assert users == {RELEASE}


def test_only_the_release_draws_noise_and_always_from_the_system():
    assert files_that(lambda tree: calls(tree, "discrete_gaussian")) == {DRAWING}
    users = files_that(
        lambda tree: any(
            name.startswith("advocacy.reach.drawing.") for name in imported(tree)
        )
    )
    assert users == {RELEASE}
    callers = {name for name, tree in SOURCES.items() if calls(tree, "release_batch")}
    for name in callers:
        for call in calls(SOURCES[name], "release_batch"):
            # The coin would be the fourth.
            assert len(call.args) <= 3, name
            assert call.keywords == [], name


# Those that count, release, note who works here, or decide. `keeping` names how long a link
# is kept.
NOT_PAGES = {
    *(
        f"advocacy/reach/{name}.py"
        for name in (
            *("collect", "collect_items", "countable", "release", "replacing"),
            *("tasks", "snapshots", "parameter_operations"),
        )
    ),
    "advocacy/council/keeping.py",
}


def test_everything_else_reads_released_figures_and_nothing_exact():
    exact = {
        "advocacy.links.models",
        "advocacy.shares.models",
        "advocacy.consent.models",
        "advocacy.people.models",
        "advocacy.reach.collect",
        "advocacy.reach.collect_items",
        "advocacy.reach.release",
    }
    pages = {
        name
        for name in SOURCES
        if name.startswith(("advocacy/reach/", "advocacy/council/"))
    }
    assert len(pages - NOT_PAGES) > 60
    for name in pages - NOT_PAGES:
        modules = {one.rpartition(".")[0] for one in imported(SOURCES[name])}
        assert not modules & exact, name
