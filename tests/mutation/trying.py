"""Runs a module's tests with each of its changes, in forks of a process that knows them."""

import ast
import gc
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy.orm import configure_mappers

from tests.mutation.notes import Notes
from tests.mutation.replacing import (
    Instead,
    Source,
    functions_of,
    replace_functions,
)
from tests.mutation.seats import TEMPLATE, Seat, fork, run_pytest, spread

OUTSIDE = 71  # exit status of a child: the change lies in no function


@dataclass
class Module:
    """What is changed, and who should notice."""

    file: Path
    tests: list[str]
    source: str = field(init=False)

    def __post_init__(self) -> None:
        self.source = self.file.read_text()


def warm_up(seats: Sequence[Seat], tests: Sequence[str]) -> None:
    """Make the databases to copy from, and import all packages that are not ours."""
    prepared = spread(seats, [partial(_prepare, tests)] * len(seats), 600)
    if any(prepared):
        raise SystemExit(seats[0].log.read_text())
    for name in json.loads((seats[0].folder / "names").read_text()):
        with suppress(ImportError):
            import_module(name)
    gc.freeze()


def _prepare(tests: Sequence[str], seat: Seat) -> int:
    from advocacy.migrations.running import upgrade  # noqa: PLC0415
    from tests.conftest import _make_database  # noqa: PLC0415

    upgrade(_make_database(seat.servers[0], TEMPLATE))
    status = run_pytest(tests, "--collect-only", plugin=seat)
    here = str(Path.cwd())
    others = [
        name
        for name, module in list(sys.modules.items())
        if not str(getattr(module, "__file__", None) or here).startswith(here)
    ]
    (seat.folder / "names").write_text(json.dumps(others))
    return status


def run_instead(module: Module, source: str, seat: Seat) -> int:
    """In a child that has imported nothing of ours: pytest's exit status."""
    sys.meta_path.insert(0, Instead(module.file, source))  # type: ignore[arg-type]
    return run_pytest(module.tests, plugin=seat)


def unnoticed(
    seats: Sequence[Seat],
    module: Module,
    changes: list[str],
    limit: float,
    notes: Notes,
) -> list[str]:
    """Those changed sources with which the module's tests all go well."""
    known = notes.known(changes)
    left = [change for change in changes if change not in known]
    known |= zip(left, _within(seats, module, left, limit, notes), strict=True)
    outside = [change for change in left if known[change] == OUTSIDE]
    works = [
        lambda seat, change=change: notes.add(change, run_instead(module, change, seat))
        for change in outside
    ]
    known |= zip(outside, spread(seats, works, limit), strict=True)
    return [change for change in changes if known[change] == 0]


def _within(
    seats: Sequence[Seat],
    module: Module,
    changes: Sequence[str],
    limit: float,
    notes: Notes,
) -> list[int]:
    """Of each changed source what its tests came to, or OUTSIDE of functions."""
    results, log = (seats[0].folder / name for name in ("statuses", "collecting"))
    results.write_text("[]")
    sources = [without_bodies(module.source), *changes]
    trials = Trials(seats, module, sources, limit, notes)
    work = partial(run_pytest, module.tests, "--tb=no", plugin=trials)
    os.waitpid(fork(work, log), 0)
    found: list[int] = json.loads(results.read_text())
    if len(found) != len(sources):
        raise SystemExit(log.read_text())
    if not found[0]:
        raise SystemExit(f"{module.file}: its tests do not see changed functions")
    return found[1:]


@dataclass(eq=False)
class Trials:
    """A plugin of pytest: once all tests are collected, they run in a fork per change."""

    seats: Sequence[Seat]
    module: Module
    sources: Sequence[Source]
    limit: float
    notes: Notes

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        configure_mappers()
        functions = functions_of(self.module.file)
        gc.freeze()

        def attempt(source: Source, seat: Seat) -> int:
            if not replace_functions(functions, self.module.source, source):
                return OUTSIDE
            status = self._run(session, seat)
            return self.notes.add(source, status) if isinstance(source, str) else status

        works = [partial(attempt, source) for source in self.sources]
        found = spread(self.seats, works, self.limit)
        (self.seats[0].folder / "statuses").write_text(json.dumps(found))
        return True

    def _run(self, session: pytest.Session, seat: Seat) -> int:
        first = {seat.noticed_by.read_text() for seat in self.seats}
        session.items.sort(key=lambda item: item.nodeid not in first)
        plugins = session.config.pluginmanager
        plugins.unregister(self)
        plugins.register(seat)
        with suppress(session.Failed, session.Interrupted):
            session.config.hook.pytest_runtestloop(session=session)
        return int(session.testsfailed > 0)


def without_bodies(source: str) -> ast.Module:
    """The same functions in the same lines, but each of them fails."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            failing = ast.Raise(ast.Name("AssertionError", ast.Load()))
            node.body = [ast.copy_location(failing, node.body[0])]
    return ast.fix_missing_locations(tree)
