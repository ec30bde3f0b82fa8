"""What each network says of itself beforehand, and that it holds."""

import pytest
import requests

from integrations.errors import Refused
from integrations.network import Card, Picture, PostDraft, Video
from tests.integrations.linkedin.samples import make_picture
from tests.integrations.worlds import TEXT


@pytest.mark.parametrize("text", ["", "half \ud83d of it", "x" * 20_000])
def test_what_no_network_takes_is_refused_before_any_call(world, text):
    with pytest.raises(Refused):
        world.out_of_reach.prepare(world.access, PostDraft(text))


def test_the_longest_text_is_posted_and_one_letter_more_is_refused(world):
    longest = "x" * world.network.longest_text
    assert world.network.length(longest) == world.network.longest_text
    world.post(PostDraft(longest))
    assert [post.text for post in world.posts()] == [longest]
    with pytest.raises(Refused) as caught:
        world.out_of_reach.prepare(world.access, PostDraft(f"{longest}x"))
    assert caught.value.code == "too_long"


def test_it_says_whether_a_cards_link_takes_room_in_the_text(world):
    card = Card("https://veenstroom.example/l/k3Y_9", "The line is ready", "At last.")
    world.post(PostDraft("Read this", card=card))
    [post] = world.posts()
    assert (card.address in post.text) is world.network.link_in_text


def test_it_says_beforehand_how_many_calls_a_post_takes(world, folder, film):
    picture = Picture(make_picture(folder), "")
    costs = [
        world.network.calls_for(draft)
        for draft in (
            PostDraft("x"),
            PostDraft("x", pictures=[picture]),
            PostDraft("x", pictures=[picture] * 3),
        )
    ]
    assert costs == sorted(set(costs))
    assert world.network.calls_for(PostDraft("x", video=Video(film, ""))) > costs[0]


def test_people_are_led_to_pages_that_exist(world):
    network = world.network
    for address in (network.activity_address(), network.composer_address(TEXT)):
        assert requests.get(address, timeout=10).status_code == 200
