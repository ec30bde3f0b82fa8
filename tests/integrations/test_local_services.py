"""PostgreSQL and Valkey as children: kept data, a clean start, nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from integrations.local_services import LocalPostgres, LocalValkey, ServiceFailed
from integrations.local_services.children import JUST_MADE_SECONDS, SocketFolder

START_AND_WAIT = """
import sys, time
from pathlib import Path
from integrations.local_services import LocalPostgres, LocalValkey
postgres, valkey = LocalPostgres(Path(sys.argv[1])), LocalValkey()
print(postgres.child.pid, valkey.child.pid, postgres.folder.path, flush=True)
time.sleep(60)
"""


def run(postgres: LocalPostgres, *statements: str) -> object:
    engine = create_engine(postgres.address(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            answer = connection.execute(text(statement))
        found = answer.scalar() if answer.returns_rows else None
    engine.dispose()
    return found


def closed_folder(tmp_path: Path) -> Path:
    """A folder only its owner may enter, with a space in its name."""
    folder = tmp_path / "only mine"
    folder.mkdir(mode=0o700)
    return folder


def test_data_stay_between_two_runs_in_a_folder_nobody_else_may_enter(
    tmp_path: Path,
) -> None:
    data = closed_folder(tmp_path) / "postgres"
    first = LocalPostgres(data)
    run(first, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
    first.stop()

    second = LocalPostgres(data)
    kept = run(second, "SELECT n FROM kept")
    second.stop()

    assert kept == 7


def test_making_the_data_folder_starts_over_when_it_was_cut_short(
    tmp_path: Path,
) -> None:
    half_made = tmp_path / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")

    server = LocalPostgres(tmp_path / "postgres")
    answer = run(server, "SELECT 1")
    server.stop()

    assert answer == 1
    assert not half_made.exists()


def test_a_server_that_cannot_start_says_why_and_leaves_no_folder(
    tmp_path: Path,
) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("11")

    with pytest.raises(ServiceFailed, match="postgres"):
        LocalPostgres(data)


def test_children_end_when_their_starter_is_killed(tmp_path: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT, str(tmp_path / "postgres")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    *numbers, folder = starter.stdout.readline().split()
    starter.send_signal(signal.SIGKILL)
    starter.communicate()

    for number in numbers:
        assert ends_within(int(number), seconds=20)
    # The next one to start clears up what the killed one could not, but not at once:
    # a folder this new may belong to somebody who is just starting.
    LocalValkey().stop()
    assert Path(folder).exists()
    long_ago = time.time() - 2 * JUST_MADE_SECONDS
    os.utime(folder, (long_ago, long_ago))
    LocalValkey().stop()
    assert not Path(folder).exists()


def ends_within(number: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path("/proc", str(number), "stat").read_text()
        except FileNotFoundError:
            return True
        if state.rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_living_process_keeps_its_socket_folder() -> None:
    mine = SocketFolder("test")
    SocketFolder("test").remove()
    assert mine.path.exists()
    mine.remove()
    assert not mine.path.exists()


def test_postgres_never_runs_as_root(postgres: LocalPostgres) -> None:
    assert postgres.child is not None
    owner = Path("/proc", str(postgres.child.pid)).stat().st_uid
    assert owner != 0
    assert os.geteuid() == 0 or owner == os.geteuid()
