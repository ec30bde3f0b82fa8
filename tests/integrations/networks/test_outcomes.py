"""What a call that failed tells: refused, not done, or nobody knows."""

from dataclasses import replace

import pytest

from integrations.errors import AccessExpired, AlreadyPosted, NotDone, OutcomeUnknown
from integrations.network import Picture, PostDraft
from tests.integrations.linkedin.samples import make_picture


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
