"""What the documents say is true: the files exist, and the commands do what they say."""

import os
import re
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from advocacy.app import LARGEST_REQUEST
from advocacy.config import Settings, read_settings
from advocacy.demo.environment import OURS
from advocacy.demo.processes import answers
from bench.procfile import line_of, procfile
from content.movie_making import LIMITS
from integrations.local_services import LocalPostgres, LocalValkey
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON = ".venv/bin/python"

# Run by continuous integration itself (.ci/run), or by tests/rules/test_set_up.py and
# tests/advocacy/demo/test_running.py.
RUN_ELSEWHERE = {
    "./run",
    "./run demo",
    "./run dev",
    "./run test",
    "./run check",
    "./run test tests/advocacy/shares -k undo",
    "./run crash",
    "./run crash --short",
    "./run crash --only T1,T7 --seeds 3",
    "./run crash --only T1 --broker rabbitmq",
    "./run bench",
    "./run bench --short",
    "./run bench redirect burst",
    "make mutation",
    "python3 -m venv .venv",
    ".venv/bin/pip install --require-hashes -r requirements/demo.txt",
}


def commands(document: Path) -> list[str]:
    """The lines of its shell blocks, without their comments."""
    lines = "\n".join(SHELL.findall(document.read_text())).splitlines()
    return [bare for line in lines if (bare := re.sub(r"\s+#.*", "", line).strip())]


@pytest.fixture
def installation(
    database_url: str, postgres: LocalPostgres, valkey: LocalValkey, tmp_path: Path
) -> dict[str, str]:
    """The environment of somebody who follows the README."""
    name = database_url.removeprefix("postgresql+psycopg://postgres@/").split("?")[0]
    for folder in ("media", "releases"):
        (tmp_path / folder).mkdir()
    keys = subprocess.run(
        [sys.executable, "-m", "advocacy.cli", "new-keys"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    secrets = dict(line.split("=", 1) for line in keys.stdout.splitlines())
    sockets = postgres.folder.path
    return {
        "PATH": f"{postgres.programs}:{os.environ['PATH']}",
        "DATABASE_URL": f"postgresql://postgres@/{name}?host={sockets}",
        "REDIS_URL": valkey.address,
        "BASE_URL": "https://library.example.org",
        "DATA_FOLDER": str(tmp_path),
        "ORGANISATION": "Veenstroom",
        "PYTHONPATH": str(ROOT),
        **secrets,
    }


def run(command: str, environment: dict[str, str], folder: Path) -> None:
    """One line of a document; the Python is the one of these tests."""
    python = shlex.quote(sys.executable)
    line = re.sub(rf"^({re.escape(PYTHON)}|python)\b", python, command)
    subprocess.run(  # noqa: S602 (as a process manager does)
        line,
        shell=True,
        check=True,
        env=environment,
        cwd=folder,
        input="quiet heron above the wet polder\n",
        text=True,
        capture_output=True,
    )


def test_every_command_of_an_installation_works(
    installation: dict[str, str], tmp_path: Path
) -> None:
    """In their order; what both documents say is run once."""
    lines = commands(ROOT / "docs" / "running.md") + commands(ROOT / "README.md")
    for command in dict.fromkeys(lines):
        if command not in RUN_ELSEWHERE:
            run(command, installation, tmp_path)


def test_every_command_of_the_other_documents_is_run_elsewhere() -> None:
    others = [
        file for file in DOCUMENTS if file.name not in {"README.md", "running.md"}
    ]
    found = [command for file in others for command in commands(file)]
    assert [command for command in found if command not in RUN_ELSEWHERE] == []


def test_the_settings_are_described_and_no_others() -> None:
    described = set(
        re.findall(
            r"`([A-Z][A-Z_]+)`",
            "\n".join(
                line.split("|")[1]
                for line in (ROOT / "docs" / "settings.md").read_text().splitlines()
                if line.startswith("| `")
            ),
        )
    )
    assert described == {field.name.upper() for field in fields(Settings)}
    assert described >= OURS
    # No server of a real installation serves the demonstration.
    assert {name for name in described if name.endswith("_URL")} <= OURS


class Asked(dict[str, str]):
    """An environment that notes what it is asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(name)
        return super().get(name, default)


def test_every_setting_is_read_under_the_name_of_its_field(
    installation: dict[str, str],
) -> None:
    environment = Asked(installation)
    read_settings(environment)
    assert environment.names == {field.name.upper() for field in fields(Settings)}


def test_the_procfile_has_these_processes() -> None:
    assert list(procfile()) == ["web", "links", "worker", "clock", "release"]


def test_the_proxy_of_the_documents_logs_no_link_and_takes_every_upload() -> None:
    told = (ROOT / "docs" / "running.md").read_text()
    block = re.search(r"^```nginx\n(.*?)^```", told, re.MULTILINE | re.DOTALL)
    assert block is not None
    links = re.search(r"location /l/ \{(.*?)\}", block[1], re.DOTALL)
    assert links is not None
    assert {"access_log off;", "error_log /dev/null crit;"} <= {
        line.strip() for line in links[1].splitlines()
    }
    assert f"client_max_body_size {LARGEST_REQUEST // 1024**2}m;" in block[1]
    patience = re.search(r"proxy_read_timeout (\d+)s;", block[1])
    assert patience is not None
    assert int(patience[1]) > LIMITS.seconds


@contextmanager
def process(
    kind: str, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A process type of the Procfile at work, which then ends by itself when told to."""
    child = subprocess.Popen(  # noqa: S602 (as a process manager does)
        f"exec {line_of(kind)}",
        shell=True,
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
    )
    try:
        yield child
    finally:
        child.terminate()
        child.communicate(timeout=60)
    assert child.returncode == 0


def wait(child: subprocess.Popen[bytes], at_work: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not at_work():
        assert child.poll() is None, child.communicate()[1]
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("name", "variable"), [("web", "PORT"), ("links", "LINKS_PORT")]
)
def test_a_web_process_of_the_procfile_answers_and_ends(
    name: str, variable: str, installation: dict[str, str]
) -> None:
    port = free_port()
    with process(name, installation | {variable: str(port)}) as server:
        wait(server, lambda: answers(f"http://127.0.0.1:{port}/readyz"))


def test_the_worker_of_the_procfile_is_at_work_and_ends(
    installation: dict[str, str],
) -> None:
    def hears_itself() -> bool:
        """Whether the command for operators knows of a task done on this machine."""
        told = subprocess.run(
            [sys.executable, "-m", "advocacy.cli", "watch"],
            capture_output=True,
            text=True,
            check=False,  # without a clock there is something to look at
            cwd=ROOT,
            env=installation,
        )
        return (
            re.search(r"^machine .* worked \d", told.stdout, re.MULTILINE) is not None
        )

    with process("worker", installation) as worker:
        wait(worker, hears_itself)


@pytest.fixture
def empty_database(
    postgres: LocalPostgres, installation: dict[str, str]
) -> Iterator[dict[str, str]]:
    """The same installation before its first release."""
    name = f"empty_{uuid.uuid4().hex[:12]}"
    engine = create_engine(postgres.address(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        address = f"postgresql://postgres@/{name}?host={postgres.folder.path}"
        yield installation | {"DATABASE_URL": address}
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_the_release_process_prepares_an_empty_database(
    empty_database: dict[str, str], tmp_path: Path
) -> None:
    for command in procfile()["release"].split(" && "):
        run(command, empty_database, tmp_path)
    run("python -m advocacy.cli verify-chains", empty_database, tmp_path)
