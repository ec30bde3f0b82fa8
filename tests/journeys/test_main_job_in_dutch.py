"""The main job in Dutch: dark, on a desk and on a phone, with a phone's own video."""

import pytest

from tests.journeys.main_job import walk_through

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_whole_job(open_page, demo, tmp_path, width):
    look = {"language": "nl", "width": width, "dark": True}
    walk_through(open_page, demo, tmp_path, clip="mov", **look)
