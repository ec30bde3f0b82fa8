"""A small application as granian serves it, with our bridge and without."""

import pytest

from tests.advocacy.web.bridge_server import BridgeServer


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bridge")


@pytest.fixture(scope="module")
def film(folder):
    path = folder / "film.mp4"
    path.write_bytes(bytes(range(256)) * 4000)
    return path


@pytest.fixture(scope="module")
def served(folder, film):
    with BridgeServer(folder, "rsgi", film) as served:
        yield served


@pytest.fixture(scope="module")
def plain(folder, film):
    """The same without the bridge."""
    with BridgeServer(folder, "wsgi", film) as served:
        yield served
