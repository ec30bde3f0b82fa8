"""The small parts of the supervisor: ports, keys, settings, watching, children."""

import os
import socket
import stat
import sys
from pathlib import Path

import pytest

from advocacy.config import read_settings
from advocacy.demo.children import Child
from advocacy.demo.environment import Place, environment_for
from advocacy.demo.keys import kept_keys
from advocacy.demo.ports import HIGHEST, NoPort, free_port, is_free, read_port
from advocacy.demo.watching import Watch


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, 8000, 8081)


def test_a_port_with_a_server_is_taken_and_another_one_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
        other = free_port(port)
        assert other < HIGHEST  # where no outgoing connection takes it away
        assert is_free(other)


def test_a_port_that_is_spoken_for_is_left_alone() -> None:
    port = free_port(21_000)
    assert free_port(port, taken=frozenset({port})) > port


def test_a_wish_above_the_usual_range_is_granted() -> None:
    assert free_port(61_234) == 61_234


@pytest.mark.parametrize("typed", ["", "eighty", "0", "65536", "-1", "80 80"])
def test_what_is_no_port_is_refused_in_words(typed: str) -> None:
    with pytest.raises(NoPort, match="PORT must be"):
        read_port(typed)


def test_no_free_port_is_said() -> None:
    with pytest.raises(NoPort, match="free"):
        free_port(HIGHEST, taken=frozenset(range(HIGHEST + 1)))


def test_keys_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    keys = kept_keys(tmp_path / "keys")
    assert kept_keys(tmp_path / "keys") == keys
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    assert kept_keys(tmp_path / "others") != keys


def test_the_processes_get_settings_that_can_be_used(place: Place) -> None:
    told = environment_for(place, {}, "postgresql:///x", "redis+socket:///y")
    settings = read_settings(told)
    assert settings.demo
    assert settings.linkedin_ready
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.linkedin_api_base == place.sandbox


def test_the_shell_lends_the_demonstration_nothing_of_a_real_installation(
    place: Place,
) -> None:
    shell = {
        "DATABASE_URL": "postgresql://real/one",
        "LINKEDIN_CLIENT_SECRET": "real",
        "PROXY_HOPS": "2",
        "HOLD_SECONDS": "5",
        "LANG": "nl_NL.UTF-8",
    }
    told = environment_for(place, shell, "postgresql:///x", "redis+socket:///y")
    assert "real" not in " ".join(told.values())
    assert "PROXY_HOPS" not in told
    assert told["HOLD_SECONDS"] == "5"
    assert told["LANG"] == "nl_NL.UTF-8"


def test_a_changed_a_new_and_a_removed_file_are_noticed_once(tmp_path: Path) -> None:
    folder = tmp_path / "advocacy"
    folder.mkdir()
    kept, gone = folder / "kept.py", folder / "gone.html"
    kept.write_text("1")
    gone.write_text("1")
    watch = Watch(tmp_path)
    assert watch.changed() == set()

    kept.write_text("longer")
    os.utime(kept, ns=(0, 0))
    gone.unlink()
    new = folder / "new.po"
    new.write_text("1")
    (folder / "style.css").write_text("1")
    assert watch.changed() == {kept, gone, new}
    assert watch.changed() == set()


def child(tmp_path: Path, code: str) -> Child:
    return Child(
        name="child",
        command=[sys.executable, "-c", code],
        environment={},
        folder=tmp_path,
        log=tmp_path / "logs" / "child.log",
    )


def test_a_child_is_asked_to_stop_and_may_finish(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('finished')))\n"
        "print('here', flush=True); time.sleep(60)"
    )
    one = child(tmp_path, code)
    one.start()
    while not one.has_written("here"):
        assert one.status is None
    one.ask_to_stop()
    one.make_sure(20)
    assert one.tail().splitlines() == ["here", "finished"]


def test_a_child_that_does_not_listen_is_ended(tmp_path: Path) -> None:
    code = (
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('here', flush=True); time.sleep(60)"
    )
    one = child(tmp_path, code)
    one.start()
    while not one.has_written("here"):
        assert one.status is None
    one.ask_to_stop()
    one.make_sure(0.2)
    assert one.process is None


def test_what_was_never_started_has_nothing_to_say(tmp_path: Path) -> None:
    one = child(tmp_path, "")
    one.ask_to_stop()
    one.make_sure(1)
    assert one.status is None
    assert one.tail() == ""
