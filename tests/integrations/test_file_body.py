"""A file that is sent: whole at every try, and never whole in memory."""

import tracemalloc

import pytest
from werkzeug.wrappers import Response

from integrations.breaker import Breaker
from integrations.errors import NotDone
from integrations.file_body import PIECE, FileBody
from integrations.http_messages import Answer
from integrations.repeatable_calls import RepeatableCalls, Service
from tests.integrations.linkedin.scripted import raw_server, scripted


def _service(pauses: tuple[float, ...]) -> Service:
    def error_for(answer: Answer) -> NotDone:
        return NotDone("busy", code=str(answer.status))

    return Service("Site", error_for, 2, 5, pauses, 20)


def _file(folder, size):
    path = folder / "file"
    path.write_bytes(b"".join(bytes([at % 251]) * PIECE for at in range(size // PIECE)))
    return path


def test_a_second_try_sends_all_of_it_again(tmp_path):
    path = _file(tmp_path, 10 * PIECE)
    with path.open("ab") as file:
        file.write(b"the end")  # not a whole piece

    with scripted(Response(status=503), Response(status=201)) as site:
        calls = RepeatableCalls(_service(pauses=(0.01,)), Breaker())
        calls.send("PUT", f"{site.address}/to", {}, FileBody(path))

    assert [body for _, _, body in site.asked] == [path.read_bytes()] * 2


def test_a_file_that_is_gone_is_not_the_networks_fault(tmp_path):
    body = FileBody(_file(tmp_path, PIECE))
    (tmp_path / "file").unlink()
    breaker = Breaker(most=1)

    with scripted(Response(status=201)) as site:
        calls = RepeatableCalls(_service(pauses=()), breaker)
        with pytest.raises(NotDone, match="could not be read"):
            calls.send("PUT", f"{site.address}/to", {}, body)
        breaker.check(site.address.removeprefix("http://"))


def test_a_body_of_a_kind_we_do_not_know_is_a_bug_and_not_an_empty_one(tmp_path):
    with _file(tmp_path, PIECE).open("rb") as file, pytest.raises(TypeError):
        RepeatableCalls(_service(pauses=())).send(
            "PUT", "http://localhost:1/", {}, file
        )


def test_who_we_are_is_said_with_every_call():
    heads = []

    def handle(line):
        heads.append(line.recv(65536))
        line.sendall(b"HTTP/1.1 204 OK\r\n\r\n")

    with raw_server(handle) as server:
        RepeatableCalls(_service(pauses=())).send("DELETE", server.address, {})
    assert b"\r\nUser-Agent: Advocacy" in heads[0]


def test_what_is_held_of_it_is_a_piece(tmp_path):
    body = FileBody(_file(tmp_path, 20_000_000))
    tracemalloc.start()
    assert sum(map(len, body)) == len(body) > 19_000_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
