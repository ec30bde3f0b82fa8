"""The main job in English: light, on a desk and on a phone."""

import pytest

from tests.journeys.main_job import walk_through

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_whole_job(open_page, demo, tmp_path, width):
    walk_through(open_page, demo, tmp_path, clip="mp4", language="en", width=width)
