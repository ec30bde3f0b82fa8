"""The golden cases of Rest.li's protocol 2.0, letter by letter."""

from urllib.parse import urlsplit

import pytest
import requests
from werkzeug.wrappers import Response

from integrations.linkedin import restli
from integrations.linkedin.calls import Calls
from integrations.network import Access
from tests.integrations.linkedin.scripted import scripted

SHARE = "urn:li:share:123"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (SHARE, "urn%3Ali%3Ashare%3A123"),
        ("urn:li:ugcPost:1", "urn%3Ali%3AugcPost%3A1"),
        ("a(b),c:d'e", "a%28b%29%2Cc%3Ad%27e"),
        ("é / %", "%C3%A9%20%2F%20%25"),
        ("A-z_0.9~", "A-z_0.9~"),
    ],
)
def test_a_key_is_encoded_to_the_last_letter(value, written):
    assert restli.key(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("IMPRESSION", "IMPRESSION"),
        (SHARE, "urn%3Ali%3Ashare%3A123"),
        ("", "''"),
        ("List(a)", "List%28a%29"),
        (7, "7"),
        (True, "true"),
        (False, "false"),
        ({"share": SHARE}, "(share:urn%3Ali%3Ashare%3A123)"),
        ({"ugc": "urn:li:ugcPost:1"}, "(ugc:urn%3Ali%3AugcPost%3A1)"),
        ([SHARE, "b"], "List(urn%3Ali%3Ashare%3A123,b)"),
        ([], "List()"),
        ({}, "()"),
        ({"k": "v", "k2": ""}, "(k:v,k2:'')"),
        ({"a:b": "c,d"}, "(a%3Ab:c%2Cd)"),
        (
            {
                "start": {"day": 4, "month": 5, "year": 2024},
                "end": {"day": 6, "month": 5, "year": 2024},
            },
            "(start:(day:4,month:5,year:2024),end:(day:6,month:5,year:2024))",
        ),
        ([{"a": [1, 2]}, {"b": "x y"}], "List((a:List(1,2)),(b:x%20y))"),
    ],
)
def test_what_holds_a_value_together_stays_and_its_leaves_are_encoded(value, written):
    assert restli.query(v=value) == f"v={written}"


def test_parameters_stand_in_the_order_they_are_given():
    assert restli.query(q="me", queryType="REACTION") == "q=me&queryType=REACTION"


def test_a_query_that_would_have_to_be_tunnelled_is_not_made():
    assert len(restli.query(a="x" * 3998)) == 4000
    with pytest.raises(ValueError, match="4,000"):
        restli.query(a="x" * 3999)


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("urn:li:share:1", "urn:li:share:1"),
        (" urn%3Ali%3Ashare%3A1 ", "urn:li:share:1"),
        ("%28a%2cb%29%27", "(a,b)'"),
        ("100%25%20sure", "100%25%20sure"),
        ("urn%253Ali", "urn%253Ali"),
        ("", ""),
    ],
)
def test_a_header_encodes_five_characters_and_no_more(header, plain):
    assert restli.reduced(header) == plain


def test_the_line_carries_a_query_as_it_was_written():
    asked = restli.query(entity={"share": SHARE}, ids=[SHARE, "b"])
    with scripted(Response("{}")) as server:
        with Calls(server.settings(), Access("t", "m")) as calls:
            calls.rest("GET", f"/rest/figures?{asked}")
        [(_, path, _)] = server.asked
    assert path == (
        "/rest/figures?entity=(share:urn%3Ali%3Ashare%3A123)"
        "&ids=List(urn%3Ali%3Ashare%3A123,b)"
    )


def test_leaving_it_to_the_library_would_encode_twice():
    request = requests.Request(
        "GET", "https://x", params={"entity": "(share:urn%3Ali%3Ashare%3A123)"}
    )
    sent = urlsplit(request.prepare().url).query
    assert sent == "entity=%28share%3Aurn%253Ali%253Ashare%253A123%29"
