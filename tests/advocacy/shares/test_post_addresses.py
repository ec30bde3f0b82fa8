"""Which addresses are of a post, and which are not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.shares.post_addresses import read_post_address
from advocacy.shares.reasons import Problem, WishRefused

N = "7141138937766391808"


@pytest.mark.parametrize(
    ("text", "urn"),
    [
        (f"urn:li:share:{N}", f"urn:li:share:{N}"),
        (f"  urn:li:ugcPost:{N} ", f"urn:li:ugcPost:{N}"),
        (f"urn:li:activity:{N}", f"urn:li:activity:{N}"),
        (
            f"https://www.linkedin.com/feed/update/urn:li:share:{N}/",
            f"urn:li:share:{N}",
        ),
        (
            f"https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A{N}?utm=x#c",
            f"urn:li:ugcPost:{N}",
        ),
        (
            f"https://nl.linkedin.com/feed/update/urn:li:activity:{N}",
            f"urn:li:activity:{N}",
        ),
        (
            f"https://www.linkedin.com/embed/feed/update/urn:li:share:{N}",
            f"urn:li:share:{N}",
        ),
        (
            f"https://www.linkedin.com/posts/ivo-t_tower-41-activity-{N}-Ab_c?utm=a",
            f"urn:li:activity:{N}",
        ),
        (
            f"www.linkedin.com/posts/ivo_tower-share-{N}-Abcd",
            f"urn:li:share:{N}",
        ),
    ],
)
def test_every_form_linkedin_hands_out_is_understood(text, urn):
    found = f"https://www.linkedin.com/feed/update/{urn}/"
    assert read_post_address(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://www.linkedin.com/feed/",
        "https://www.linkedin.com/in/ivo-terpstra/",
        "https://lnkd.in/abcdef",
        f"https://www.linkedin.com.evil.example/feed/update/urn:li:share:{N}",
        f"https://evil.example/feed/update/urn:li:share:{N}",
        f"https://evil.example/@www.linkedin.com/feed/update/urn:li:share:{N}",
        f"javascript://www.linkedin.com/feed/update/urn:li:share:{N}",
        f"https://www.linkedin.com:444/feed/update/urn:li:share:{N}",
        "https://www.linkedin.com:x/feed/update/urn:li:share:1",
        "https://[www.linkedin.com/feed/update/urn:li:share:1",
        f"urn:li:person:{N}",
        "urn:li:share:abc",
        "urn:li:share:٣",
        "https://www.linkedin.com/feed/update/urn:li:share:٣/",
        "https://www.linkedin.com/posts/ivo-t_tower-41-activity-٧١٤١١٣٨٩٣٧٧-Ab",
        "https://www.linkedin.com/feed/update/urn:li:share:1/" + "x" * 2000,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(WishRefused) as refused:
        read_post_address(text)
    assert refused.value.problems == {"address": Problem.NOT_A_POST}


def test_another_site_can_stand_in_for_linkedin():
    site = "http://127.0.0.1:8811"
    found = read_post_address(f"{site}/feed/update/urn:li:share:{N}/", site)
    assert found == f"{site}/feed/update/urn:li:share:{N}/"


@given(some.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    with suppress(WishRefused):
        assert read_post_address(text)
