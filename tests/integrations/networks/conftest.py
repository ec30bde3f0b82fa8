"""What `integrations/network.py` promises, asked of every network in turn."""

import pytest

from tests.integrations.linkedin.samples import make_film
from tests.integrations.worlds import WORLDS


@pytest.fixture(params=list(WORLDS))
def world(request):
    with WORLDS[request.param]() as world:
        yield world


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def film(folder):
    return make_film(folder, seconds=4, rate="1M")
