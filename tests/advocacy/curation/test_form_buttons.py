"""The small buttons change what is typed, keep the rest, and store nothing but files."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from content.items import Item
from tests.advocacy.curation.conftest import filled, picture_file
from tests.advocacy.curation.reading import errors_of, form_of
from tests.content.samples import phone_picture

PAGE = b"""<!doctype html><title>plain</title>
<meta property="og:title" content="Straatbatterij blijft">
<meta property="og:description" content="Een half jaar in Molenwijk.">
<meta property="og:image" content="/picture.jpg">"""


def pressed(editor, button, **others):
    return editor.post("/curate/new", data=filled(do=button, **others))


def test_one_more_wording_is_added_and_the_rest_is_kept(editor, session):
    answer = pressed(editor, "add-wording")
    kept = form_of(answer)
    assert answer.status_code == 200
    assert kept["wording"] == [*filled()["wording"], ""]
    assert kept["angle"] == ["expert", "team", "personal", "expert"]
    assert kept["wording_language"][-1] == "nl"
    assert kept["title"] == [filled()["title"]]
    assert session.scalars(select(Item)).all() == []


def test_there_is_a_last_wording(editor):
    wish = {name: ["x"] * 12 for name in ("angle", "wording_language", "wording")}
    assert len(form_of(pressed(editor, "add-wording", **wish))["wording"]) == 12


def test_a_wording_is_taken_out(editor):
    kept = form_of(pressed(editor, "drop-wording:2"))
    assert kept["wording"] == [filled()["wording"][0], filled()["wording"][2]]
    assert kept["angle"] == ["expert", "personal"]


@pytest.mark.parametrize(
    "button", ["drop-wording:9", "drop-wording:x", "media-up:none", "drop-media:", ""]
)
def test_a_button_that_fits_nothing_changes_nothing(editor, button):
    kept = form_of(pressed(editor, button))
    assert kept["wording"] == filled()["wording"]


def test_pictures_are_moved_forward_and_taken_out(editor):
    files = [picture_file(name="one.jpg"), picture_file(name="two.jpg")]
    first = pressed(editor, "send-files", kind="pictures", picture=files)
    assert first.status_code == 200
    one, two = form_of(first)["media"]

    wish = form_of(first, alt=["One", "Two"], do=f"media-up:{two}")
    moved = form_of(editor.post("/curate/new", data=wish))
    assert (moved["media"], moved["alt"]) == ([two, one], ["Two", "One"])

    left = editor.post("/curate/new", data=moved | {"do": f"drop-media:{two}"})
    assert form_of(left)["media"] == [one]
    assert form_of(left)["alt"] == ["One"]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        kind, body = {
            "/news": ("text/html", PAGE),
            "/picture.jpg": ("image/jpeg", phone_picture()),
            "/bare": ("text/html", b"<title>Bare</title>"),
            "/fake": ("text/html", PAGE.replace(b"picture.jpg", b"bare")),
        }.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def website(settings):
    """A page served over HTTP, which the settings allow although it is private."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    here = f"127.0.0.1:{server.server_port}"
    object.__setattr__(settings, "private_hosts_allowed", (here,))
    yield f"http://{here}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_title_and_picture_are_fetched_and_may_be_changed(website, editor):
    answer = pressed(editor, "fetch", link=f"{website}/news", title="")
    kept = form_of(answer)
    assert answer.status_code == 200
    assert kept["title"] == ["Straatbatterij blijft"]
    assert kept["card_title"] == ["Straatbatterij blijft"]
    assert kept["card_text"] == ["Een half jaar in Molenwijk."]
    assert len(kept["media"]) == 1
    assert "We fetched its title and picture a moment ago." in answer.text
    with editor.get(f"/media/{kept['media'][0]}/full") as shown:
        assert shown.status_code == 200


def test_a_typed_title_is_not_overwritten(website, editor):
    kept = form_of(pressed(editor, "fetch", link=f"{website}/news", title="Ours"))
    assert kept["title"] == ["Ours"]


@pytest.mark.parametrize("page", ["bare", "fake"])
def test_a_page_without_a_picture_gives_its_title_alone(website, editor, page):
    kept = form_of(pressed(editor, "fetch", link=f"{website}/{page}", title=""))
    assert kept["title"][0]
    assert "media" not in kept


def test_a_picture_that_is_there_is_not_overwritten(website, editor):
    first = pressed(editor, "send-files", picture=picture_file())
    wish = form_of(first, link=f"{website}/news", alt="Ours", do="fetch")
    kept = form_of(editor.post("/curate/new", data=wish))
    assert (kept["media"], kept["alt"]) == (form_of(first)["media"], ["Ours"])


def test_a_page_that_is_missing_is_said_and_everything_kept(website, editor):
    wish = filled(do="fetch", link=f"{website}/gone")
    answer = editor.post("/curate/new", data=wish)
    assert answer.status_code == 422
    assert "The page answers with an error." in errors_of(answer)["link"]
    assert form_of(answer)["wording"] == wish["wording"]


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/", "veenstroom.example"])
def test_an_address_that_may_not_be_fetched_is_not(editor, address):
    answer = pressed(editor, "fetch", link=address)
    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"link"}


def test_the_side_column_is_drawn_from_what_is_typed(editor, session):
    wish = filled(title="A <i>new</i> title", leaves="2037-01-09")
    answer = editor.post("/curate/proof", data=wish)
    assert answer.status_code == 200
    assert "A &lt;i&gt;new&lt;/i&gt; title" in answer.text
    assert "until 9 January 2037" in answer.text
    assert "I work at Veenstroom. We promised 15 percent" in answer.text
    assert "veenstroom.example" in answer.text
    assert session.scalars(select(Item)).all() == []


def test_the_side_column_of_an_empty_form_says_what_comes_there(editor):
    answer = editor.post("/curate/proof", data={})
    assert "The title appears here" in answer.text
    assert "The first wording appears here." in answer.text
