"""What the worker and the clock do; `advocacy.at_work` starts them.

Importing this file reads the settings, as a task's name cannot be had without them.
Nothing is opened; Celery's signals do that.
"""

import logging
import os
import socket
import sys
from contextlib import suppress
from ctypes import CDLL
from threading import Event, Thread
from time import monotonic

import structlog
from celery import signals
from sqlalchemy.exc import SQLAlchemyError

from advocacy import hourly
from advocacy.access_log.operations import note_switches
from advocacy.access_log.switches import switches_of
from advocacy.config import BadSettings, Settings, read_settings
from advocacy.links import tasks as links
from advocacy.links.spool import Spool as VisitSpool
from advocacy.outside import open_outside
from advocacy.reach import tasks as reach
from advocacy.reach.drafts import Drafts
from advocacy.shares import own_tasks as own
from advocacy.shares import tasks as shares
from advocacy.shares.installation_file import InstallationFile
from advocacy.shares.rederiving import rederive_due_times
from advocacy.shares.restoring import StrangeFolder
from advocacy.shares.station import open_station, opened_station, station_for
from advocacy.shares.storing_outcomes import store_kept
from advocacy.shares.sweeper import release_dead, release_worker, sweep
from advocacy.watch import tasks as watch
from advocacy.watch.pulse import (
    BEAT_SECONDS,
    Pulse,
    Self,
    check_in_with_patience,
    leave,
)
from advocacy.web.logs import set_up_logs
from integrations import task_queue
from integrations.database import transaction

log = structlog.get_logger()
app = task_queue.worker_app
stopping = Event()

STATEMENT_TIMEOUT_MS = 60_000  # a worker may look longer than a page (3.3)
# Seconds; a page believes its connection less long, as somebody waits for it.
ASK_AFTER = 1.0
WAKE_SECONDS = 1.0  # how late a post may be noticed
SWEEP_SECONDS = 15.0  # reliability.md 2.4
COUNT_SECONDS = 10.0  # how old figures of visits may be
TOKEN_SECONDS = 5.0  # how much longer than its lease a last token may lie there
HOUR = 3600.0
HOURLY = {
    "consents": hourly.expire_consents.name,
    "accounts": hourly.forget_ended_accounts.name,
    "uploads": hourly.forget_uploads.name,
    "sign-ins": hourly.forget_sign_ins.name,
    "accesses": hourly.forget_accesses.name,
    "figures": reach.release.name,
    "visits of long ago": hourly.forget_visits.name,
    "shares of long ago": hourly.forget_shares.name,
    "counts": shares.forget.name,
    "own figures": own.forget_figures.name,
    "heartbeats": watch.forget.name,
}


def every(seconds: float, task: str, queue: str) -> dict[str, object]:
    """One line of the clock; a message that nobody took in time is worth nothing.

    Celery measures this by the clocks of two machines, which may differ by 30 s.
    """
    late = max(2 * seconds, 60)
    return {
        "task": task,
        "schedule": seconds,
        "options": {"queue": queue, "expires": late},
    }


app.conf.beat_schedule = {
    "wake": every(WAKE_SECONDS, shares.wake.name, task_queue.CLOCK),
    "sweep": every(SWEEP_SECONDS, shares.sweep_shares.name, task_queue.CLOCK),
    "tokens": every(TOKEN_SECONDS, shares.erase_tokens.name, task_queue.CLOCK),
    "visits": every(COUNT_SECONDS, links.count.name, task_queue.CLOCK),
    "clock": every(BEAT_SECONDS, watch.clock.name, task_queue.CLOCK)
    | {"args": (socket.gethostname(),)},
} | {line: every(HOUR, task, task_queue.SLOW) for line, task in HOURLY.items()}


def _broker() -> dict[str, object]:
    return task_queue.worker_settings(_settings().broker_url)


def _settings() -> Settings:
    try:
        return read_settings(os.environ)
    except BadSettings as error:
        sys.exit("\n".join(error.problems))


app.add_defaults(_broker)


@signals.worker_init.connect
def _open(**_signal: object) -> None:
    set_up_logs()
    settings = _settings()
    task_queue.configure(settings.broker_url)
    try:
        outside = open_outside(
            settings, statement_timeout_ms=STATEMENT_TIMEOUT_MS, ask_after=ASK_AFTER
        )
        open_station(station_for(settings, outside, stopping.is_set))
    except (OSError, ValueError, RuntimeError) as error:
        # Celery would write this down and go on, with a worker that can do nothing.
        sys.exit(f"the worker cannot start: {error}")
    links.open_spool(VisitSpool(settings.data_folder))
    reach.open_drafts(Drafts(settings.data_folder))
    worker = opened_station().worker
    me = Self(socket.gethostname(), worker, InstallationFile(settings.data_folder))
    _Here.pulse = Pulse(me, task_queue.THREADS, leave)
    app.amqp.queues.select_add(me.queue)
    _look_around(me, forgiving=settings.demo)


def _look_around(me: Self, *, forgiving: bool) -> None:
    """Whether this is the same installation, and whose folder this is."""
    try:
        check_in_with_patience(me.file, forgiving=forgiving)
    except StrangeFolder:
        sys.exit(
            "the worker cannot start: others are at work, and DATA_FOLDER is not"
            " theirs. All workers need the same folder."
        )
    except (OSError, ValueError, SQLAlchemyError) as error:
        # Celery would write this down too and go on, with the question unanswered.
        sys.exit(f"the worker cannot start: {type(error).__name__} at its first look")


class _Here:
    """The pulse of this process: one worker process has one."""

    pulse: Pulse | None = None


@signals.task_prerun.connect
def _began(**_signal: object) -> None:
    if _Here.pulse:
        _Here.pulse.hearing.began(monotonic())


@signals.task_postrun.connect
def _ended(**_signal: object) -> None:
    if _Here.pulse:
        _Here.pulse.hearing.ended()


@signals.worker_ready.connect
def _begin(**_signal: object) -> None:
    if _Here.pulse:
        _Here.pulse.start()
    try:
        _repair()
    except (OSError, SQLAlchemyError) as error:
        # Celery would go on, without what is only done here.
        log.exception("worker_cannot_start")
        sys.exit(f"the worker cannot start: {type(error).__name__} at its repairs")


def _repair() -> None:
    """What an earlier worker left is seen to at once, and what nobody ran lately.

    The clock keeps no file: started anew, it counts the hour from its start.
    """
    looked_at = 1
    while looked_at:
        with transaction() as session:
            looked_at = rederive_due_times(session)
    store_kept(opened_station())
    with transaction() as session:
        note_switches(session, switches_of(_settings()))
    with transaction() as session:
        release_dead(session, socket.gethostname(), _is_another_alive)
        sweep(session)
    shares.erase_tokens()
    for name in HOURLY.values():
        task_queue.send(name, queue=task_queue.SLOW)
    _give_back_memory()


def _give_back_memory() -> None:
    """What reading the program took and left free, to the system: some 7 MB.

    Otherwise it lies in small holes for as long as the worker runs. Other C libraries
    than GNU's have no such call, and need none.
    """
    with suppress(AttributeError):
        CDLL(None).malloc_trim(0)


def _is_another_alive(process: int) -> bool:
    """Whether that process still runs. In a container each worker has the same number,
    so one that carries ours is an earlier one.
    """
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@signals.worker_shutting_down.connect
def _stop(**_signal: object) -> None:
    """Take nothing new and give back what has not been sent; a post under way ends.

    In a thread, because this runs in the handler of a Unix signal.
    """
    stopping.set()
    Thread(target=_give_back, name="give-back").start()


def _give_back() -> None:
    for waiting in opened_station().crew.stop():
        waiting()  # which gives its share back, as we are stopping
    with transaction() as session:
        release_worker(session, opened_station().worker)


@signals.worker_shutdown.connect
def _close(**_signal: object) -> None:
    opened_station().crew.end()
    if _Here.pulse:
        _Here.pulse.stop()
    opened_station().outside.engine.dispose()


@signals.task_failure.connect
@signals.task_internal_error.connect
def _say_where(
    sender: object = None, exception: BaseException | None = None, **_signal: object
) -> None:
    """Where a bug is, without what its message quotes."""
    log.error("task_failed", task=getattr(sender, "name", ""), exc_info=exception)


@signals.after_setup_logger.connect
def _quieten(**_signal: object) -> None:
    """Celery writes lines for every tick, and whole exceptions with their values."""
    logging.getLogger("celery.app.trace").setLevel(logging.CRITICAL)
    logging.getLogger("celery.worker.strategy").setLevel(logging.WARNING)
    logging.getLogger("celery.beat").addFilter(_not_a_tick)


def _not_a_tick(record: logging.LogRecord) -> bool:
    return "Sending due task" not in str(record.msg)
