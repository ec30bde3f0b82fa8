"""What `integrations/network.py` promises, kept by every network against its stand-in."""

from dataclasses import replace

import pytest
import requests

from integrations.errors import (
    AccessExpired,
    AlreadyPosted,
    NotDone,
    OutcomeUnknown,
    Refused,
)
from integrations.network import (
    Access,
    Capability,
    Card,
    Picture,
    PostDraft,
    SignOnCancelled,
    TokenState,
    Video,
    Visibility,
)
from tests.integrations.linkedin.samples import CAPTIONS, make_film, make_picture
from tests.integrations.worlds import WORLDS

# What some network reads as markup, and signs of one to several code points.
TEXT = (
    "Ik werk bij Veenstroom (sinds 2019).\n\n"
    "Één ding: 2.300 huizen [eindelijk] van de lijst {nu} <b> & *echt* ~_| \\ 😀👩‍👩‍👧\n"
    "https://veenstroom.example/lijn_(41)?a=1&b=2#kaart #netbeheer #één_twee"
)
POST = frozenset({Capability.POST})


@pytest.fixture(params=list(WORLDS))
def world(request):
    with WORLDS[request.param]() as world:
        yield world


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def film(folder):
    return make_film(folder, seconds=4, rate="1M")


def _post(world, draft):
    body = world.network.prepare(world.access, draft)
    return world.network.open_line(world.access).create(body)


def test_a_text_arrives_as_it_was_typed_and_its_address_opens(world):
    made = _post(world, PostDraft(TEXT))
    [post] = world.posts()
    assert (post.id, post.text, post.public, post.files) == (made, TEXT, True, [])
    page = requests.get(world.network.post_address(made), timeout=10)
    assert page.status_code == 200
    assert "Veenstroom (sinds 2019)" in page.text


def test_fewer_may_see_it_when_that_was_chosen(world):
    _post(world, PostDraft("For some", Visibility.CONNECTIONS))
    assert [post.public for post in world.posts()] == [False]


def test_a_picture_arrives_byte_for_byte_with_its_description(world, folder):
    picture = make_picture(folder)
    _post(world, PostDraft("Look", pictures=[Picture(picture, "Grey “noise”")]))
    [post] = world.posts()
    assert (post.alts, post.files) == (["Grey “noise”"], [picture.read_bytes()])


def test_as_many_pictures_as_it_takes_arrive_in_their_order(world, folder):
    most = world.network.most_pictures
    files = [make_picture(folder, f"{number}.jpg") for number in range(most)]
    shown = [Picture(file, file.name) for file in files]
    _post(world, PostDraft("All", pictures=shown))
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
    _post(world, PostDraft("Look", video=video))
    [post] = world.posts()
    assert post.files[0] == film.read_bytes()


def test_a_link_is_on_the_post_even_where_the_text_does_not_name_it(world):
    card = Card("https://veenstroom.example/l/k3Y_9", "The line is ready", "At last.")
    made = _post(world, PostDraft("Read this", card=card))
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
    made = _post(world, PostDraft("Away with it"))
    world.network.delete(world.access, made)
    world.network.delete(world.access, made)
    assert [post.deleted for post in world.posts()] == [True]
    page = requests.get(world.network.post_address(made), timeout=10)
    assert page.status_code == 404


@pytest.mark.parametrize("text", ["", "half \ud83d of it", "x" * 20_000])
def test_what_no_network_takes_is_refused_before_any_call(world, text):
    with pytest.raises(Refused):
        world.out_of_reach.prepare(world.access, PostDraft(text))


def test_the_longest_text_is_posted_and_one_letter_more_is_refused(world):
    longest = "x" * world.network.longest_text
    assert world.network.length(longest) == world.network.longest_text
    _post(world, PostDraft(longest))
    assert [post.text for post in world.posts()] == [longest]
    with pytest.raises(Refused) as caught:
        world.out_of_reach.prepare(world.access, PostDraft(f"{longest}x"))
    assert caught.value.code == "too_long"


def test_it_says_whether_a_cards_link_takes_room_in_the_text(world):
    card = Card("https://veenstroom.example/l/k3Y_9", "The line is ready", "At last.")
    _post(world, PostDraft("Read this", card=card))
    [post] = world.posts()
    assert (card.address in post.text) is world.network.link_in_text


def test_a_token_that_is_no_good_asks_for_a_new_connection(world, folder):
    body = world.network.prepare(world.access, PostDraft("Prepared in time"))
    world.revoke_all()
    with pytest.raises(AccessExpired):
        world.network.open_line(world.access).create(body)
    pictures = [Picture(make_picture(folder), "")]
    with pytest.raises(AccessExpired):
        world.network.prepare(world.access, PostDraft("x", pictures=pictures))
    with pytest.raises(AccessExpired):
        world.network.open_line(replace(world.access, token="no-token")).create(body)
    assert world.posts() == []


def test_a_line_that_breaks_after_the_post_was_taken_means_nobody_knows(world):
    body = world.network.prepare(world.access, PostDraft("Taken"))
    world.set_fault("drop_after_commit")
    with pytest.raises(OutcomeUnknown):
        world.network.open_line(world.access).create(body)
    assert (world.creates(), len(world.posts())) == (1, 1)


def test_the_same_body_again_is_the_post_that_stands(world):
    body = world.network.prepare(world.access, PostDraft("Taken"))
    world.set_fault("drop_after_commit")
    with pytest.raises(OutcomeUnknown):
        world.network.open_line(world.access).create(body)
    line = world.network.open_line(world.access)
    if world.network.repeat_is_safe:
        made = line.create(body)
    else:  # seen now and then, and no promise
        with pytest.raises(AlreadyPosted) as caught:
            line.create(body)
        made = caught.value.post_id
    assert [post.id for post in world.posts()] == [made]


def test_a_network_out_of_reach_was_sent_nothing(world, folder):
    with pytest.raises(NotDone):
        world.out_of_reach.open_line(world.access)
    pictures = [Picture(make_picture(folder), "")]
    with pytest.raises(NotDone):
        world.out_of_reach.prepare(world.access, PostDraft("x", pictures=pictures))
    with pytest.raises(NotDone):
        world.out_of_reach.delete(world.access, "17")


def test_a_line_is_for_one_post_and_closing_it_twice_is_harmless(world):
    body = world.network.prepare(world.access, PostDraft("Once"))
    line = world.network.open_line(world.access)
    line.create(body)
    with pytest.raises(RuntimeError):
        line.create(body)
    line.close()
    line.close()
    unused = world.network.open_line(world.access)
    unused.close()
    with pytest.raises(NotDone):
        unused.create(body)
    assert world.creates() == 1


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


def test_an_account_is_connected_used_judged_and_let_go(world):
    scopes = world.sign_on.scopes_for(POST)
    asked = world.sign_on.authorize_address("the-state", scopes)
    grant = world.sign_on.finish(world.walk_consent(asked), "the-state")
    assert grant.scopes >= scopes
    assert "Ivo Terpstra" in grant.member_name
    access = Access(grant.token, grant.member_id)
    body = world.network.prepare(access, PostDraft("By the new connection"))
    made = world.network.open_line(access).create(body)
    assert [post.id for post in world.posts()] == [made]

    assert world.sign_on.token_state(grant.token) is TokenState.ACTIVE
    assert world.sign_on.revoke(grant.token)
    assert world.sign_on.token_state(grant.token) is TokenState.REVOKED
    with pytest.raises(Refused):
        world.sign_on.refresh("no refresh token", grant.member_id)


def test_a_no_and_a_wrong_state_connect_nothing(world):
    asked = world.sign_on.authorize_address("s", world.sign_on.scopes_for(POST))
    with pytest.raises(SignOnCancelled):
        world.sign_on.finish(world.walk_consent(asked, decision=world.saying_no), "s")
    with pytest.raises(Refused):
        world.sign_on.finish(world.walk_consent(asked), "another")
