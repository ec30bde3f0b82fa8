"""What can go wrong with the next create call, on request."""

import socket
from dataclasses import dataclass

from flask import request

from integrations.mastodon_sandbox.memory import Memory


@dataclass(frozen=True)
class Fault:
    """One way of misbehaving."""

    label: str
    waits: bool = False
    # Whether the status is made although the answer says otherwise.
    commits: bool = True
    status: int = 0
    breaks_the_line: bool = False


FAULTS = {
    "behave": Fault("Nothing, behave"),
    "slow": Fault("Answer late", waits=True),
    "drop_after_commit": Fault(
        "Take the post, then break the line", breaks_the_line=True
    ),
    "drop_before_commit": Fault(
        "Break the line and take nothing", commits=False, breaks_the_line=True
    ),
    "gateway_timeout_after_commit": Fault("Take the post, then answer 504", status=504),
    "unavailable": Fault("Answer 503 and take nothing", commits=False, status=503),
    "busy": Fault("Refuse: too many calls", commits=False, status=429),
}


def take_fault(memory: Memory) -> Fault:
    """The fault for this call; after its last time the server behaves again."""
    name = memory.fault
    if memory.fault_times > 0:
        memory.fault_times -= 1
    if memory.fault_times == 0:
        memory.fault = "behave"
    return FAULTS[name]


def set_fault(memory: Memory, name: str, times: int = 1) -> None:
    """Let the next `times` create calls go wrong; KeyError for a name not known."""
    if name not in FAULTS:
        raise KeyError(name)
    memory.fault = name
    memory.fault_times = times


def break_the_line() -> None:
    """End the connection under the request, without a word."""
    line: socket.socket = request.environ["werkzeug.socket"]
    line.shutdown(socket.SHUT_RDWR)
