"""How worker and clock start, and what they do not carry along."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash.processes import Place

ROOT = Path(__file__).resolve().parents[2]
SAY_WHAT_IS_READ = """
import json, sys
import advocacy.at_work
print(json.dumps(sorted(sys.modules)))
"""


def _run(*arguments):
    """With settings that lead nowhere: nothing is opened before a program starts."""
    nowhere = Place(ROOT, "postgresql://nowhere", "redis://nowhere", "http://nowhere")
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | nowhere.environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def read():
    return set(json.loads(_run("-c", SAY_WHAT_IS_READ).stdout))


@pytest.mark.parametrize(
    "needless",
    [
        "flask",
        "werkzeug",
        "jinja2",
        "babel",
        "PIL",
        "pypdfium2",
        "requests",
        "oauthlib",
    ],
)
def test_they_read_nothing_that_only_others_need(read, needless):
    assert "advocacy.shares.tasks" in read
    assert needless not in read


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_each_says_which_options_it_takes(name):
    said = _run("-m", "advocacy.at_work", name, "--help")
    assert said.returncode == 0
    assert f"python -m advocacy.at_work {name}" in said.stdout
    assert "--loglevel" in said.stdout


@pytest.mark.parametrize("arguments", [(), ("inspect",), ("worker", "--beat")])
def test_anything_else_is_told_what_there_is(arguments):
    said = _run("-m", "advocacy.at_work", *arguments)
    assert said.returncode == 2
    assert "{worker|beat}" in said.stderr
