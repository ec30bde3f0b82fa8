"""The file as it is opened from a disk: no fault that a machine can see."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.looking import FAULTS_ONLY, LOOKS

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
def test_the_file_has_no_fault_that_a_machine_sees(
    read, tmp_path, browser, language, width, dark
):
    file = tmp_path / "report.html"
    file.write_bytes(read(language=language).data)
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    found = Axe().run(page, options=FAULTS_ONLY)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("nav a").last.click()
    assert page.url.endswith("#fields")
    assert {url.partition("#")[0] for url in asked} == {file.as_uri()}
    page.close()
