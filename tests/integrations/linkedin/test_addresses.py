from urllib.parse import parse_qs, urlsplit

import pytest

from integrations.linkedin import addresses


@pytest.mark.parametrize(
    ("urn", "encoded"),
    [
        ("urn:li:share:123", "urn%3Ali%3Ashare%3A123"),
        (
            "urn:li:ugcPost:7130000000000000041",
            "urn%3Ali%3AugcPost%3A7130000000000000041",
        ),
        ("urn:li:video:D4E/(1),2", "urn%3Ali%3Avideo%3AD4E%2F%281%29%2C2"),
    ],
)
def test_a_urn_in_a_path_is_encoded_to_the_last_colon(urn, encoded):
    assert addresses.in_path(urn) == encoded


@pytest.mark.parametrize(
    ("header", "urn"),
    [
        ("urn:li:share:1", "urn:li:share:1"),
        (" urn:li:ugcPost:2 ", "urn:li:ugcPost:2"),
        ("urn%3Ali%3Ashare%3A3", "urn:li:share:3"),
        ("urn%3ali%3ashare%3a3", "urn:li:share:3"),
        ("urn%253Ali%253Ashare%253A3", None),
        ("urn:li:person:1", None),
        ("123", None),
        ("", None),
        (None, None),
    ],
)
def test_a_posts_id_is_read_from_its_header(header, urn):
    assert addresses.post_id_from(header) == urn


def test_the_composer_gets_the_text_as_it_is():
    text = "Één zin & nog één?\n#net 100% 😀"
    address = addresses.composer_address("https://www.linkedin.com", text)
    query = parse_qs(urlsplit(address).query)
    assert query == {"shareActive": ["true"], "text": [text]}


def test_a_text_too_long_for_an_address_is_left_to_the_clipboard():
    address = addresses.composer_address("https://www.linkedin.com", "😀" * 1500)
    assert address == "https://www.linkedin.com/feed/?shareActive=true"


def test_a_post_has_one_address_for_both_kinds():
    site = "https://www.linkedin.com"
    address = addresses.post_address(site, "urn:li:ugcPost:5")
    assert address == "https://www.linkedin.com/feed/update/urn:li:ugcPost:5/"
