"""Organisations in a text: found, shown, confirmed, and linked in the post."""

import pytest

from advocacy.shares.models import ShareState
from advocacy.shares.named import known_mentions, named_in, pieces
from advocacy.shares.operations import queue_share
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.wishes import ShareWish, terms
from content.mentioning import all_mentions, keep_mention, take_off
from integrations.clock import now
from integrations.linkedin.little_text import to_little_text
from integrations.network import Mention
from tests.advocacy.shares.making import make_item, state_of

GRID = Mention("Veenstroom", "1")
NORTH = Mention("Veenstroom Noord", "2")
PARTNER = Mention("Bakker & Zn. B.V.", "3")
ALL = (GRID, NORTH, PARTNER)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("With @Veenstroom today.", (GRID,)),
        ("With @Veenstroom Noord today.", (NORTH,)),
        ("@Veenstroom Noord and @Veenstroom!", (GRID, NORTH)),
        ("Thanks (@Bakker & Zn. B.V.).", (PARTNER,)),
        ("@veenstroom and Veenstroom alone", ()),
        ("mail me@Veenstroom or @Veenstroomers", ()),
        ("@Veenstroom@social.example", ()),
        ("https://x.example/@Veenstroom", ()),
        ("", ()),
    ],
)
def test_a_name_counts_where_the_network_reads_it(text, found):
    assert named_in(text, ALL) == found
    assert to_little_text(text, ALL).count("urn:li:organization:") == len(found)


def test_the_text_is_shown_with_names_as_readers_see_them():
    shown = pieces("Hi @Veenstroom Noord, hi.", ALL)
    assert [(one.words, one.mention) for one in shown] == [
        ("Hi ", None),
        ("Veenstroom Noord", NORTH),
        (", hi.", None),
    ]
    assert "".join(one.words for one in pieces("No names @all", ())) == "No names @all"


@pytest.fixture
def netkade(session):
    row = keep_mention(session, "Netkade", "4242")
    keep_mention(session, "Somebody Else", "1")
    session.commit()
    return row


@pytest.fixture
def share(session, person, station, settings, netkade):
    network = station.outside.networks["linkedin"]
    given = terms(settings, network, known_mentions(session, "linkedin"))
    wish = ShareWish("Built with @Netkade, at last.")
    share = queue_share(session, person, make_item(session), wish, now(), terms=given)
    share.due_at = share.next_at = now()
    session.commit()
    return share


def test_a_mention_goes_through_to_the_post(session, share, station, sandbox):
    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED
    (post,) = sandbox.posts()
    assert post["commentary"].count("@[Netkade](urn:li:organization:4242)") == 1
    assert post["text"] == "Built with Netkade, at last."


@pytest.mark.parametrize("change", ["another page", "taken off"])
def test_another_link_than_the_one_confirmed_never_leaves(
    session, share, station, sandbox, netkade, change
):
    if change == "taken off":
        take_off(session, netkade.id)
    else:
        keep_mention(session, "Netkade", "666", netkade.id)
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.CANCELLED
    assert share.reason == Reason.UNCONFIRMED
    assert sandbox.creates == 0


def test_a_change_of_others_on_the_list_changes_nothing(
    session, share, station, sandbox
):
    for row in all_mentions(session):
        if row.name != "Netkade":
            take_off(session, row.id)
    keep_mention(session, "A Newcomer", "5")
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.PUBLISHED
