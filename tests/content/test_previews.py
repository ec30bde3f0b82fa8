"""Cards of pages, fetched from a real server on loopback."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image

from content.page_heads import page_head
from content.pictures import check_picture
from content.previews import LinkCard, card_of
from integrations.errors import NotDone
from integrations.outgoing_http import AddressRefused
from tests.content.samples import RED, encode

Answer = tuple[str, bytes]
PICTURE = encode(Image.new("RGB", (1200, 630), RED), "JPEG")


class Handler(BaseHTTPRequestHandler):
    answers: dict[str, Answer]

    def do_GET(self) -> None:
        kind, body = self.answers.get(self.path, ("", b""))
        if kind.startswith("to "):
            self.send_response(302)
            self.send_header("Location", kind.removeprefix("to "))
        else:
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(name="card")
def a_server_and_the_card_of_its_page() -> Iterator[Callable[..., LinkCard]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    here = f"127.0.0.1:{server.server_port}"

    def card(
        body: bytes | str, kind: str = "text/html; charset=utf-8", **more: Answer
    ) -> LinkCard:
        data = body.encode() if isinstance(body, str) else body
        Handler.answers = {"/page/one": (kind, data)}
        Handler.answers |= {f"/{name}": answer for name, answer in more.items()}
        return card_of(f"http://{here}/page/one", (here,))

    yield card
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_card_is_what_the_page_says_for_sharing(
    card: Callable[..., LinkCard],
) -> None:
    page = """<!doctype html><html><head><title>Nieuws | Veenstroom</title>
    <!-- <meta property="og:title" content="Not this one"> -->
    <META content='Mast 41 staat: 2.300 woningen &gt; wachtlijst 🎉'
          property="og:title" />
    <meta name="description" content="A description for searching">
    <meta property="og:description" content="  De lijn
      is   klaar &amp; vol "><meta property=og:image content=/pic.jpg>
    <meta property="og:title" content="A second one"></head><body>"""

    found = card(page, **{"pic.jpg": ("image/jpeg", PICTURE)})

    assert found.title == "Mast 41 staat: 2.300 woningen > wachtlijst 🎉"
    assert found.description == "De lijn is klaar & vol"
    assert found.picture_bytes == PICTURE
    assert check_picture(found.picture_bytes).width == 1200


def test_a_page_that_says_nothing_for_sharing_gives_its_title(
    card: Callable[..., LinkCard],
) -> None:
    found = card(
        "<html lang=nl><title>Een\n  gewone pagina</title>"
        "<meta name=Description content='Waar hij over gaat'><p>x"
    )

    assert found.title == "Een gewone pagina"
    assert found.description == "Waar hij over gaat"
    assert found.picture_bytes is None


def test_a_page_without_anything_gives_an_empty_card(
    card: Callable[..., LinkCard],
) -> None:
    for body in (b"", b"hello", b"\0\xff" * 500, PICTURE):
        found = card(body)

        assert (found.title, found.description) == ("", "")


def test_the_address_is_where_the_redirects_ended(
    card: Callable[..., LinkCard],
) -> None:
    found = card(b"", "to /two", two=("text/html", b"<title>Two</title>"))

    assert (found.title, found.address[-4:]) == ("Two", "/two")


@pytest.mark.parametrize(
    ("kind", "tag", "encoding"),
    [
        ("text/html; charset=iso-8859-1", "", "latin-1"),
        ('text/html; Charset="Windows-1252"', "", "cp1252"),
        ("text/html", "<meta charset=windows-1252>", "cp1252"),
        (
            "text/html",
            "<meta http-equiv='Content-Type' content='text/html; charset=latin1'>",
            "latin-1",
        ),
        ("text/html", "", "utf-8"),
        ("text/html; charset=latin-1", "", "utf-8-sig"),
        ("text/html; charset=utf-16", "", "utf-16"),
        ("text/html; charset=no-such-thing", "", "utf-8"),
        ("text/html; charset=base64", "", "utf-8"),
        ("text/html; charset=idna", "", "utf-8"),
    ],
)
def test_letters_are_read_in_every_encoding(
    card: Callable[..., LinkCard], kind: str, tag: str, encoding: str
) -> None:
    page = f"<html>{tag}<title>Coördinatie: één</title>"

    assert card(page.encode(encoding), kind).title == "Coördinatie: één"


def test_letters_that_fit_no_encoding_do_not_break_the_card(
    card: Callable[..., LinkCard],
) -> None:
    assert card(b"<title>Co\xf6rdinatie</title>").title == "Co\ufffdrdinatie"


def test_long_texts_are_cut_at_a_word(card: Callable[..., LinkCard]) -> None:
    words = "elektriciteit " * 100

    found = card(f"<title>{words}</title><meta name=description content='{words}'>")

    assert len(found.title) <= 200
    assert found.title.endswith("elektriciteit…")
    assert 350 < len(found.description) <= 400


def test_a_picture_that_cannot_be_had_is_left_out(
    card: Callable[..., LinkCard],
) -> None:
    for place in (
        "/missing.jpg",
        "http://127.0.0.1:1/x.jpg",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "http://[broken/",
        "data:image/png;base64,AAAA",
    ):
        found = card(f"<title>T</title><meta property=og:image content='{place}'>")

        assert (found.title, found.picture_bytes) == ("T", None)


def test_a_page_that_is_missing_or_private_is_said_to_be(
    card: Callable[..., LinkCard],
) -> None:
    with pytest.raises(NotDone):
        card(b"", "")
    with pytest.raises(AddressRefused):
        card_of("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a ",
        "<meta ",
        "<meta a='",
        "<meta a=",
        "<meta aaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "<title ",
        "<title>",
        "&#1",
        "<![CDATA[",
    ],
)
def test_a_page_made_to_be_slow_is_read_to_its_end(piece: str) -> None:
    """Parsers that look again from every place run into the limit of every test."""
    title, metas = page_head(piece * (2_000_000 // len(piece)))

    assert len(title) < 5000
    assert len(metas) < 5
