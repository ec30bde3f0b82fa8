"""Servers of the operating system, for installations that have them: RabbitMQ, Redis
and PostgreSQL over TCP with a password.
"""

import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import psycopg

from integrations.local_services.account import account_for
from tests.crash import rabbit
from tests.crash.processes import Process, wait_for
from tests.crash.rabbit import RabbitMQ
from tests.ports import free_port

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
MISSING = {
    "redis": None if shutil.which("redis-server") else "redis-server",
    "rabbitmq": None if rabbit.PROGRAM.exists() else "rabbitmq-server",
    "postgres": None if POSTGRES else "postgresql",
}


def redis_server(folder: Path) -> SimpleNamespace:
    """Redis itself, on a port."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = Process(folder, "redis", command)
    process.says("Ready to accept connections")
    return SimpleNamespace(address=f"redis://127.0.0.1:{port}/0", stop=process.kill)


def rabbitmq_server(_folder: Path) -> SimpleNamespace:
    """RabbitMQ, with a node of its own."""
    broker = RabbitMQ()
    return SimpleNamespace(address=broker.address, stop=broker.close)


def postgres_server(_folder: Path) -> SimpleNamespace:
    """The distribution's PostgreSQL, over TCP, with a password."""
    # A folder that its account can walk down to; that of the test may be closed to it.
    place = TemporaryDirectory(prefix="postgres-")
    data, word = Path(place.name, "data"), Path(place.name, "password")
    account, port = account_for(data), free_port()
    data.mkdir(mode=0o700)
    word.write_text("only-for-tests")
    for path in (data.parent, data, word):
        account.own(path)
    programs, silent = POSTGRES[0], {"stdout": subprocess.DEVNULL}
    making = [programs / "initdb", "-D", data, "-U", "advocacy", "-E", "UTF8"]
    making += ["-A", "scram-sha-256", f"--pwfile={word}", "--no-sync"]
    running = [programs / "postgres", "-D", data, "-p", str(port)]
    running += ["-h", "127.0.0.1", "-k", ""]
    standing = {"cwd": place.name, **silent, **account.arguments}
    subprocess.run(making, check=True, **standing)
    child = subprocess.Popen(running, stderr=subprocess.DEVNULL, **standing)

    def answers() -> bool:
        # It listens before it is ready, and says so: "the system is starting up".
        try:
            psycopg.connect(address.replace("+psycopg", ""), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop() -> None:
        child.send_signal(signal.SIGINT)
        child.wait(30)
        place.cleanup()

    address = f"postgresql+psycopg://advocacy:only-for-tests@127.0.0.1:{port}/postgres"
    wait_for(answers, "PostgreSQL")
    return SimpleNamespace(address=address, stop=stop)
