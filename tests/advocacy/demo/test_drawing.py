"""The pictures and the film are drawn as they should be, and pass the product's own checks."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from advocacy.demo.drawing.film import CAPTIONS, make_film
from advocacy.demo.drawing.leaflet import PAGES, leaflet
from advocacy.demo.drawing.paths import outline
from advocacy.demo.drawing.pictures import PICTURES, draw
from content.captions import check_captions
from content.documents import check_document
from content.pictures import check_picture
from content.videos import check_video


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_large_many_coloured_and_the_same_each_time(name: str) -> None:
    drawn = draw(name)
    picture = Image.open(BytesIO(drawn))
    assert picture.size == (1600, 1067)
    colours = picture.convert("P", palette=Image.Palette.ADAPTIVE).getcolors()
    assert colours is not None
    assert len(colours) > 20
    assert draw(name) == drawn


def test_a_picture_passes_the_check_for_uploads() -> None:
    checked = check_picture(draw("dawn-line"), "dawn-line.jpg")
    assert (checked.width, checked.height) == (1600, 1067)
    assert set(checked.copies) == {640, 1280}


def test_the_film_has_sound_and_captions_that_belong_to_it(tmp_path: Path) -> None:
    make_film(tmp_path / "film.mp4")
    film = check_video(tmp_path / "film.mp4", "film.mp4", tmp_path)
    captions = check_captions(CAPTIONS.encode(), "film.vtt")
    assert film.has_sound
    assert (film.width, film.height) == (1280, 720)
    assert film.seconds == pytest.approx(14, abs=0.2)
    assert captions.last_start < film.seconds


def test_the_document_has_square_pages_and_is_the_same_each_time(
    tmp_path: Path,
) -> None:
    drawn = leaflet()
    file = tmp_path / "leaflet.pdf"
    file.write_bytes(drawn)
    document = check_document(file, "leaflet.pdf", tmp_path)
    assert document.pages == len(PAGES) == 5
    assert document.first_page.width == document.first_page.height
    assert leaflet() == drawn


def test_an_outline_is_read_with_small_letters_relative_to_the_last_point() -> None:
    assert outline("M10 10h20v20l-20 0z") == [[(10, 10), (30, 10), (30, 30), (10, 30)]]
    assert outline("M0 0 10 0 10 10") == [[(0, 0), (10, 0), (10, 10)]]
    assert outline("M1 1H5M2 2V9") == [[(1, 1), (5, 1)], [(2, 2), (2, 9)]]
    # After closing, the next piece is relative to where the closed one began.
    assert outline("M5 5l1 0zm2 2l1 1")[1] == [(7, 7), (8, 8)]


@pytest.mark.parametrize("path", ["M0 0q5 10 10 0", "M0 0c3 10 7 10 10 0"])
def test_a_curve_bends_and_ends_where_it_says(path: str) -> None:
    (points,) = outline(path)
    assert points[-1] == pytest.approx((10, 0))
    assert max(y for _, y in points) > 4
