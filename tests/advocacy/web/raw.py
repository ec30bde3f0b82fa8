"""HTTP spoken by hand, so that it can be spoken slowly, badly and not to its end."""

import socket
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from advocacy.demo.ports import HOST


@dataclass(frozen=True)
class Told:
    """One answer."""

    status: int
    headers: Message
    body: bytes


def connect(port: int, said: bytes = b"", *, window: int = 0) -> socket.socket:
    """A connection on which that much was said; `window` bytes of the answer are taken."""
    line = socket.socket()
    if window:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    line.settimeout(20)
    try:
        line.connect((HOST, port))
        line.sendall(said)
    except OSError:
        line.close()
        raise
    return line


def request(
    path: str, *headers: str, method: str = "GET", body: bytes = b"", length: int = -1
) -> bytes:
    """A request; with `length` it announces another body than it has."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", *headers]
    if body or length >= 0:
        lines.append(f"Content-Length: {length if length >= 0 else len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def answer(line: socket.socket, *, head: bool = False) -> Told:
    """What comes next on the line. Raises ConnectionError when nothing does."""
    with line.makefile("rb") as file:
        first = file.readline()
        if not first:
            raise ConnectionError("nothing was answered")
        told = b""
        while (one := file.readline()) not in {b"\r\n", b""}:
            told += one
        headers = message_from_bytes(told)
        length = 0 if head else int(headers.get("Content-Length", 0))
        return Told(int(first.split()[1]), headers, file.read(length))


def ask(port: int, said: bytes) -> Told:
    """Say it, and take the answer."""
    with connect(port, said) as line:
        return answer(line, head=said.startswith(b"HEAD"))
