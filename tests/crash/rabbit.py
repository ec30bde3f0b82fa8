"""RabbitMQ of the operating system, with a node of its own, as a trial's broker."""

import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from amqp.exceptions import NotFound
from kombu import Connection

from integrations.task_queue import QUEUES
from tests.crash.processes import Process
from tests.ports import LOOPBACK, free_port

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


class RabbitMQ:
    """A node on ports that it keeps, so that it can go and come back."""

    def __init__(self, listen: str = LOOPBACK) -> None:
        self.place = TemporaryDirectory(prefix="rabbit-")
        self.folder, self.port = Path(self.place.name), free_port(listen)
        self.others = {
            "ERL_EPMD_PORT": str(free_port()),
            "ERL_EPMD_RELAXED_COMMAND_CHECK": "true",  # it may be ended at any time
            "RABBITMQ_DIST_PORT": str(free_port()),
        }
        (self.folder / "rabbit.conf").write_text(
            f"listeners.tcp.local = {listen}:{self.port}\nloopback_users = none\n"
            "log.console = true\nlog.file = false\n"
        )
        self.address = f"amqp://guest:guest@{listen}:{self.port}//"
        self.start()

    def start(self) -> None:
        """Returns when it takes connections."""
        self.process = Process(
            self.folder,
            "rabbitmq",
            [str(PROGRAM)],
            HOME=str(self.folder),
            RABBITMQ_NODENAME=f"advocacy-{self.port}@localhost",
            RABBITMQ_MNESIA_BASE=str(self.folder / "mnesia"),
            RABBITMQ_LOG_BASE=str(self.folder / "log"),
            RABBITMQ_CONFIG_FILE=str(self.folder / "rabbit.conf"),
            RABBITMQ_ENABLED_PLUGINS_FILE=str(self.folder / "plugins"),
            **self.others,
        )
        self.process.says("Server startup complete")

    def empty(self) -> None:
        """No message is left that nobody has taken."""
        with Connection(self.address) as line:
            for name in QUEUES:
                with suppress(NotFound):  # nobody has declared it yet
                    line.channel().queue_purge(name)

    def kill(self) -> None:
        self.process.kill()

    def close(self) -> None:
        """End the node, and the register of nodes that it started."""
        self.kill()
        ending = ["epmd", "-port", self.others["ERL_EPMD_PORT"], "-kill"]
        subprocess.run(ending, capture_output=True, check=False)
        self.place.cleanup()
