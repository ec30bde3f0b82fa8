"""Copies of an item are one for its figures: they lead to the same place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.reach.destinations import destination

STORY = "https://www.veenstroom.example/news/story"
COPIES = [
    "http://www.veenstroom.example/news/story",
    "HTTPS://WWW.Veenstroom.EXAMPLE/news/story",
    "https://www.veenstroom.example/news/story/",
    "https://www.veenstroom.example/news/story#read-more",
    "https://www.veenstroom.example/news/story/#",
    "https://www.veenstroom.example:443/news/story",
    "http://www.veenstroom.example:80/news/story?",
    f"{STORY}?utm_source=linkedin&utm_medium=employee",
    f"{STORY}?UTM_Campaign=7",
    f"{STORY}?fbclid=abc",
    f"{STORY}/?gclid=abc&li_fat_id=1-2#top",
]
OTHERS = [
    "https://www.veenstroom.example/news/stories",
    "https://www.veenstroom.example/news/Story",
    "https://veenstroom.example/news/story",
    "https://www.veenstroom.example:8443/news/story",
    f"{STORY}?id=7",
    f"{STORY}?utm=7",
    f"{STORY}?id=utm_source",
    f"{STORY}/more",
]


@pytest.mark.parametrize("link", COPIES)
def test_what_tells_no_pages_apart_makes_no_difference(link):
    assert destination(link) == destination(STORY)


@pytest.mark.parametrize("link", OTHERS)
def test_another_page_is_another_destination(link):
    assert destination(link) != destination(STORY)


def test_what_names_the_page_stays_as_it_is():
    link = "https://veenstroom.example/find?q=Grid%20plan&utm_id=3&page=2&empty="
    assert destination(link) == "veenstroom.example/find?q=Grid%20plan&page=2&empty="
    assert destination("https://veenstroom.example/") == "veenstroom.example"


WORD = st.text("abcXYZ019%=_-", min_size=1, max_size=8)


@given(st.lists(WORD, max_size=3), st.lists(WORD, max_size=4))
def test_a_destination_is_its_own_destination(path, query):
    link = f"https://veenstroom.example/{'/'.join(path)}?{'&'.join(query)}"
    assert destination("http://" + destination(link)) == destination(link)
