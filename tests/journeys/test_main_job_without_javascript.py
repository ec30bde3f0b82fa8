"""The main job with a browser that runs no scripts."""

import pytest

from tests.journeys.main_job import walk_through

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


def test_the_whole_job(open_page, demo, tmp_path):
    look = {"language": "en", "javascript": False}
    walk_through(open_page, demo, tmp_path, clip="mp4", **look)
