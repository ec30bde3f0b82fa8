"""What a worker says once a minute, and how it goes."""

from datetime import timedelta
from time import monotonic

import pytest
import redis
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from advocacy.shares.installation_file import STOPPED, InstallationFile
from advocacy.shares.restoring import check_in
from advocacy.shares.service_rows import Heartbeat, Installation
from advocacy.watch import pulse, tasks
from advocacy.watch.hearing import LONGEST_SILENCE
from advocacy.watch.heartbeats import STARTED
from advocacy.watch.pulse import Pulse, Self
from integrations import task_queue


@pytest.fixture
def me(tmp_path):
    return Self("here", "here:1:ab", InstallationFile(tmp_path))


@pytest.fixture
def line(valkey):
    task_queue.configure(valkey.address)
    line = redis.Redis(unix_socket_path=str(valkey.socket))
    yield line
    line.close()


def beats(session):
    session.expire_all()
    rows = session.scalars(select(Heartbeat).order_by(Heartbeat.kind)).all()
    return [(row.kind, row.host, row.process) for row in rows]


def test_a_beat_is_a_row_and_a_message_to_itself(session, me, line):
    Pulse(me, 8, lambda: None).beat()

    this = ("here", "here:1:ab")
    assert beats(session) == [("process", *this), ("started", *this)]
    [message] = line.lrange("canary.here:1:ab", 0, -1)
    assert b"watch.canary" in message


def test_when_a_worker_began_is_noted_once(session, me, line):
    beating = Pulse(me, 8, lambda: None)
    beating.beat()
    began = session.get_one(Heartbeat, (STARTED, "here", "here:1:ab"))
    first = began.at

    beating.beat()

    session.expire_all()
    assert began.at == first


def test_a_message_that_arrived_is_seen_and_a_clock_too(session):
    for _twice in range(2):
        tasks.canary("here", "here:1:ab")
        tasks.clock("there")

    assert beats(session) == [("clock", "there", ""), ("worker", "here", "here:1:ab")]


def test_who_has_been_gone_for_a_day_is_forgotten(session):
    tasks.clock("here")
    tasks.clock("there")
    session.get_one(Heartbeat, ("clock", "there", "")).at -= timedelta(hours=25)
    session.commit()

    tasks.forget()

    assert beats(session) == [("clock", "here", "")]


def test_an_orderly_stop_leaves_its_mark(session, me, line):
    check_in(session, me.file)
    session.commit()
    beating = Pulse(me, 8, lambda: None)
    beating.beat()

    beating.stop()

    assert beats(session) == [("started", "here", "here:1:ab")]
    [mark] = me.file.read().marks
    assert mark.startswith(STOPPED)


def test_once_a_beat_is_stored_the_disk_knows_no_other_mark(session, me, line):
    check_in(session, me.file)
    session.commit()

    Pulse(me, 8, lambda: None).beat()

    session.expire_all()
    assert me.file.read().marks == (session.get_one(Installation, 1).mark,)


def test_a_disk_that_is_full_at_the_end_does_not_hold_up_the_stop(
    session, me, line, tmp_path
):
    check_in(session, me.file)
    session.commit()
    beating = Pulse(me, 8, lambda: None)
    (tmp_path / "installation.json").unlink()
    (tmp_path / "installation.json").mkdir()

    with capture_logs() as lines:
        beating.stop()

    assert [line["event"] for line in lines] == ["stop_not_noted"]


def test_a_worker_that_hears_nothing_leaves(session, me, line, monkeypatch):
    left = []
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0)
    beating = Pulse(me, 8, lambda: left.append("left"))
    beating.hearing.sent(monotonic() - LONGEST_SILENCE, taken=True)

    beating._run()  # noqa: SLF001 – as its thread does

    assert left == ["left"]


def test_a_database_that_is_away_is_waited_for(session, me, monkeypatch):
    """A worker that starts takes nothing in hand before it knows its database."""
    waits = []
    answers = iter([OperationalError("", {}, Exception()), None])

    def sometimes(_session, _file, *, forgiving):
        if (error := next(answers)) is not None:
            raise error

    monkeypatch.setattr(pulse, "check_in", sometimes)
    monkeypatch.setattr(pulse, "sleep", waits.append)

    pulse.check_in_with_patience(me.file, forgiving=False)

    assert waits == [pulse.PATIENCE_SECONDS]


def test_no_error_of_the_database_ends_the_pulse(session, me, line):
    session.execute(text("ALTER TABLE heartbeat RENAME TO away"))
    session.commit()

    with capture_logs() as lines:
        Pulse(me, 8, lambda: None).beat()

    assert [line["event"] for line in lines] == ["heartbeat_not_stored"]
