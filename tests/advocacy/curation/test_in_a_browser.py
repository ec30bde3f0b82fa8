"""The form's two scripts in a real browser: files sent ahead, and the side column."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from advocacy.people.operations import add_person
from advocacy.people.roles import Role
from content.pictures import LARGEST_PICTURE
from integrations.database import open_session
from tests.advocacy.signing_in import signed_in
from tests.browsers import signed_in_page, tick
from tests.content.samples import clip, phone_picture
from tests.serving import served

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def _topics() -> None:
    """This database is another one than that of the other tests."""


@pytest.fixture
def page(database_url, valkey, tmp_path, browser: Browser) -> Iterator[Page]:
    """An editor's browser on the empty form of a new item."""
    with served(database_url, valkey.address, tmp_path / "data") as (app, address):
        with open_session() as session:
            femke = add_person(
                session,
                name="Femke Noordhof",
                email="femke@veenstroom.test",
                roles=[Role.COMMUNICATIONS],
            )
            client = signed_in(app.test_client(), session, femke, "en")
        cookie = client.get_cookie("session").value
        with signed_in_page(browser, address, cookie) as page:
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto("/curate/new")
            yield page
        assert not errors


def photo_file(folder: Path) -> Path:
    photo = folder / "sheep.jpg"
    photo.write_bytes(phone_picture())
    return photo


def choose(page: Page, kind: str) -> None:
    tick(page.locator(f"input[name=kind][value={kind}]"))


def test_a_picture_is_sent_at_once_and_shows_in_the_side_column(page, tmp_path):
    photo = tmp_path / "IMG 2041.jpg"
    photo.write_bytes(phone_picture())
    page.locator("#picture").set_input_files(photo)
    expect(page.locator("[data-file]")).to_contain_text("IMG 2041.jpg")
    expect(page.locator(".proof-card img")).to_be_visible()
    assert page.evaluate("document.querySelector('#picture').files.length") == 0


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page, tmp_path):
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    large = tmp_path / "large.jpg"
    large.write_bytes(bytes(LARGEST_PICTURE + 1))
    page.locator("#picture").set_input_files(large)
    said = page.locator("#picture-error")
    expect(said).to_have_text("large.jpg: This file is larger than 8 MB.")
    expect(page.locator("#picture")).to_have_attribute("aria-invalid", "true")
    assert not [url for url in sent if url.endswith("/upload")]


def test_pictures_that_find_no_room_are_refused_and_the_others_taken(page, tmp_path):
    page.locator("[data-most]").evaluate("box => { box.dataset.most = 2; }")
    photos = [tmp_path / f"{name}.jpg" for name in ("first", "second", "third")]
    for photo in photos:
        photo.write_bytes(phone_picture())
    page.locator("#picture").set_input_files(photos)
    # Those on their way count too.
    assert page.locator("[data-most] .upload-file").count() == 2
    expect(page.locator("[data-file]")).to_have_count(2)
    said = page.locator("#picture-error")
    expect(said).to_have_text("third.jpg: An item takes 20 pictures at most.")


def test_of_several_files_chosen_at_once_each_one_refused_says_why(page, tmp_path):
    photo, words = tmp_path / "good.jpg", tmp_path / "words.gif"
    photo.write_bytes(phone_picture())
    words.write_bytes(b"GIF89a..")
    large = [tmp_path / "large.jpg", tmp_path / "larger.jpg"]
    for file in large:
        file.write_bytes(bytes(LARGEST_PICTURE + 1))
    page.locator("#picture").set_input_files([words, *large, photo])
    expect(page.locator("[data-file]")).to_contain_text("good.jpg")
    said = page.locator("#picture-error [data-words]").inner_text().splitlines()
    assert [line.partition(":")[0] for line in said] == [
        "large.jpg",
        "larger.jpg",
        "words.gif",
    ]
    page.locator("#picture").set_input_files(photo)
    expect(page.locator("#picture-error")).to_be_hidden()


def test_why_a_video_was_refused_is_still_said_on_the_page_that_comes_back(
    page, tmp_path
):
    choose(page, "video")
    film = tmp_path / "words.mp4"
    film.write_bytes(b"words")
    page.locator("#video").set_input_files(film)
    expect(page.locator("#video-error")).to_contain_text("words.mp4: Inside, this")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("[data-errors]")).to_contain_text("Add a video")
    why = page.locator("#video-error")
    expect(why).to_contain_text("words.mp4: Inside, this")
    expect(why).to_contain_text("Add a video")


def test_an_interrupted_video_is_kept_and_goes_on(page, tmp_path):
    choose(page, "video")
    page.route("**/curate/upload", lambda route: route.abort())
    page.locator("#video").set_input_files(clip(tmp_path / "stop.mov"))
    said = page.locator("[data-said]")
    expect(said).to_have_text(re.compile("The line broke after .* MB"))
    assert page.evaluate("document.querySelector('#video').files.length") == 1
    page.unroute("**/curate/upload")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("[data-file]")).to_contain_text("0:03 long, with sound")


def test_a_file_whose_line_broke_for_a_moment_is_sent_again_unasked(page, tmp_path):
    breaks = []

    def break_twice(route):
        breaks.append(route)
        route.abort() if len(breaks) < 3 else route.continue_()

    page.route("**/curate/upload", break_twice)
    page.locator("#picture").set_input_files(photo_file(tmp_path))
    # The pauses take four seconds.
    expect(page.locator("[data-file]")).to_contain_text("sheep.jpg", timeout=30_000)
    assert len(breaks) == 3


def test_a_file_chosen_before_the_script_came_is_sent_too(page, tmp_path):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/js/upload.js", hold)
    with page.expect_request("**/js/upload.js"):
        page.goto("/curate/new", wait_until="commit")
    page.locator("#picture").set_input_files(photo_file(tmp_path))
    held[0].continue_()
    expect(page.locator("[data-file]")).to_contain_text("sheep.jpg")


@pytest.mark.parametrize("breaks", [False, True])
def test_a_button_pressed_while_a_file_is_on_its_way_waits_for_it(
    page, tmp_path, breaks
):
    held = []

    def hold(route):
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/curate/upload", hold)
    page.locator("#title").fill("Sheep")
    photo = photo_file(tmp_path)
    page.locator("#picture").set_input_files(photo)
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.locator("[data-said]")).to_have_text(
        "The rest follows as soon as the file is here."
    )
    assert page.url.endswith("/curate/new")
    held[0].abort() if breaks else held[0].continue_()
    page.wait_for_url(re.compile("/curate$"))
    page.get_by_role("link", name="Sheep").click()
    expect(page.locator("[data-file]")).to_contain_text("sheep.jpg")


def test_the_side_column_follows_what_is_typed(page):
    page.locator("#title").fill("Forty sheep do what three mowers could not")
    page.locator("#wording-1").fill("The orchids are back.")
    expect(page.locator(".proof-card h3")).to_have_text(
        "Forty sheep do what three mowers could not"
    )
    expect(page.locator(".post-text").first).to_have_text(
        "I work at Veenstroom. The orchids are back."
    )


def test_each_kind_shows_its_own_fields(page):
    for kind, shown in (
        ("message", {"link": False, "picture": False, "video": False}),
        ("link", {"link": True, "picture": True, "video": False}),
        ("pictures", {"link": True, "picture": True, "video": False}),
        ("video", {"link": True, "picture": False, "video": True}),
    ):
        choose(page, kind)
        for field, visible in shown.items():
            expect(page.locator(f"#{field}")).to_be_visible(visible=visible)


def test_the_language_menu_keeps_a_half_filled_form_and_its_files(page, tmp_path):
    photo = photo_file(tmp_path)
    page.locator("#title").fill("Half a title")
    page.locator("#wording-2").fill("Two\nlines.")
    page.locator("#picture").set_input_files(photo)
    expect(page.locator("[data-file]")).to_contain_text("sheep.jpg")
    page.locator(".account summary").click()
    page.get_by_role("button", name="Verder in het Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("#title")).to_have_value("Half a title")
    expect(page.locator("#wording-2")).to_have_value("Two\nlines.")
    expect(page.locator("[data-file]")).to_contain_text("sheep.jpg")


def test_enter_looks_and_changes_no_language(page):
    page.locator("#title").fill("Half a title")
    page.locator("#title").press("Enter")
    page.wait_for_load_state("load")
    expect(page.locator(".proof-card h3")).to_have_text("Half a title")
    expect(page.locator("html")).to_have_attribute("lang", "en")
