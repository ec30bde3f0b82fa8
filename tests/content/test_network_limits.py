"""Nothing that LinkedIn would refuse gets past an upload: our limits against its own."""

import pytest
from PIL import Image

from content import documents, media_child, movie_making, pictures, readiness, videos
from content.errors import MediaRefused
from content.pictures import check_picture
from integrations.linkedin import media_limits
from tests.content.samples import encode


def test_pictures_have_no_more_pixels_than_linkedin_takes():
    assert pictures.MOST_PIXELS == media_limits.MOST_PICTURE_PIXELS
    assert media_child.MOST_PIXELS == pictures.MOST_PIXELS
    one_too_many = encode(Image.new("1", (5120, 7061)), "PNG")
    assert media_limits.MOST_PICTURE_PIXELS + 1 == 5120 * 7061
    with pytest.raises(MediaRefused) as refused:
        check_picture(one_too_many, "a.png")
    assert refused.value.code == "too_many_pixels"
    fits = check_picture(encode(Image.new("1", (5120, 7060)), "PNG"), "a.png")
    assert fits.width * fits.height < media_limits.MOST_PICTURE_PIXELS


def test_pictures_are_stored_as_what_linkedin_takes():
    for kind in ("WEBP", "PNG", "JPEG"):
        made = check_picture(encode(Image.new("RGB", (900, 600)), kind), None)
        stored = made.content_type.removeprefix("image/").upper()
        assert stored in media_limits.PICTURE_FORMATS


def test_a_post_has_no_more_pictures_and_no_longer_descriptions():
    assert readiness.MOST_PICTURES == media_limits.MOST_PICTURES
    assert readiness.LONGEST["alt"] <= media_limits.LONGEST_ALT


def test_videos_are_neither_shorter_longer_nor_heavier():
    assert videos.SHORTEST >= media_limits.SHORTEST_VIDEO
    assert videos.LONGEST <= media_limits.LONGEST_VIDEO
    assert videos.LARGEST_VIDEO <= media_limits.LARGEST_VIDEO
    # What is made of one may be heavier than what was sent, and is stopped there.
    assert movie_making.LARGEST_RESULT <= media_limits.LARGEST_VIDEO
    assert media_limits.SMALLEST_VIDEO <= videos.SMALLEST_RESULT
    assert videos.WIDEST <= media_limits.WIDEST_VIDEO


def test_documents_are_neither_heavier_nor_longer():
    assert documents.LARGEST_DOCUMENT <= media_limits.LARGEST_DOCUMENT
    assert documents.MOST_PAGES <= media_limits.MOST_DOCUMENT_PAGES
