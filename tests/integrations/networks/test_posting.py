"""What is posted arrives as it was typed and as the files were, on every network."""

import pytest
import requests

from integrations.errors import Refused
from integrations.network import Card, Picture, PostDraft, Video, Visibility
from tests.integrations.linkedin.samples import CAPTIONS, make_picture
from tests.integrations.worlds import TEXT


def test_a_text_arrives_as_it_was_typed_and_its_address_opens(world):
    made = world.post(PostDraft(TEXT))
    [post] = world.posts()
    assert (post.id, post.text, post.public, post.files) == (made, TEXT, True, [])
    page = requests.get(world.network.post_address(made), timeout=10)
    assert page.status_code == 200
    assert "Veenstroom (sinds 2019)" in page.text


def test_fewer_may_see_it_when_that_was_chosen(world):
    world.post(PostDraft("For some", Visibility.CONNECTIONS))
    assert [post.public for post in world.posts()] == [False]


def test_a_picture_arrives_byte_for_byte_with_its_description(world, folder):
    picture = make_picture(folder)
    world.post(PostDraft("Look", pictures=[Picture(picture, "Grey “noise”")]))
    [post] = world.posts()
    assert (post.alts, post.files) == (["Grey “noise”"], [picture.read_bytes()])


def test_as_many_pictures_as_it_takes_arrive_in_their_order(world, folder):
    most = world.network.most_pictures
    files = [make_picture(folder, f"{number}.jpg") for number in range(most)]
    shown = [Picture(file, file.name) for file in files]
    world.post(PostDraft("All", pictures=shown))
    [post] = world.posts()
    assert post.alts == [file.name for file in files]
    assert post.files == [file.read_bytes() for file in files]
    with pytest.raises(Refused):
        world.network.prepare(
            world.access, PostDraft("More", pictures=[*shown, shown[0]])
        )


def test_a_film_arrives_byte_for_byte(world, film, folder):
    captions = folder / "captions.vtt"
    captions.write_text(CAPTIONS)
    video = Video(film, "A test picture", captions, make_picture(folder, "still.jpg"))
    world.post(PostDraft("Look", video=video))
    [post] = world.posts()
    assert post.files[0] == film.read_bytes()


def test_a_link_is_on_the_post_even_where_the_text_does_not_name_it(world):
    card = Card("https://veenstroom.example/l/k3Y_9", "The line is ready", "At last.")
    made = world.post(PostDraft("Read this", card=card))
    page = requests.get(world.network.post_address(made), timeout=10).text
    assert f'href="{card.address}"' in page


def test_preparing_is_invisible_and_may_be_repeated(world, folder):
    draft = PostDraft("Once", pictures=[Picture(make_picture(folder), "Noise")])
    world.network.prepare(world.access, draft)
    body = world.network.prepare(world.access, draft)
    assert world.posts() == []
    assert world.access.token.encode() not in body
    world.network.open_line(world.access).create(body)
    assert len(world.posts()) == 1


def test_a_post_can_be_deleted_and_deleted_again(world):
    made = world.post(PostDraft("Away with it"))
    world.network.delete(world.access, made)
    world.network.delete(world.access, made)
    assert [post.deleted for post in world.posts()] == [True]
    page = requests.get(world.network.post_address(made), timeout=10)
    assert page.status_code == 404
