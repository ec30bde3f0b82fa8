"""Whether a server that is to forget everything can be used."""

import pytest
from redis import Redis

from integrations.local_services import LocalValkey
from integrations.memory_server import AWAY, ON_DISK, what_is_wrong


@pytest.fixture
def server():
    server = LocalValkey()
    yield server
    server.child.kill()
    server.stop()


def test_nothing_is_wrong_with_a_server_that_keeps_to_memory_or_with_none(server):
    assert what_is_wrong(server.address) == ""
    assert what_is_wrong("") == ""


def test_one_that_writes_to_a_disk_or_does_not_answer_cannot_be_used(server):
    with Redis(unix_socket_path=str(server.socket)) as client:
        client.config_set("save", "60 1")
    assert what_is_wrong(server.address) == ON_DISK
    server.child.kill()
    server.child.wait()
    assert what_is_wrong(server.address) == AWAY
