"""What is read of a share before it leaves is its own, and as it is stored now."""

from datetime import timedelta

import pytest

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.outside import LINKEDIN
from advocacy.shares.claiming import database_time
from advocacy.shares.facts import facts_of
from advocacy.shares.models import PublishingPause, Share
from content.items import ItemKind
from integrations.clock import now
from tests.advocacy.shares.making import (
    add_media,
    connect_account,
    consent_of,
    make_item,
    make_person,
    queue_due,
)


@pytest.fixture
def facts(session, station):
    def look(share):
        session.flush()
        [found] = facts_of(session, station, Share.id == share.id)
        return found

    return look


def test_account_and_answer_are_those_of_the_shares_owner(session, item, facts):
    people = [make_person(session) for _three in range(3)]
    for person, epoch in zip(people, (7, 8, 9), strict=True):
        connect_account(session, person)
        consent_of(session, person).epoch = epoch
    share = queue_due(session, people[1], item)

    found = facts(share)

    assert (found.share, found.person) == (share, people[1])
    assert found.account is account_of(session, people[1].id, LINKEDIN)
    assert found.consent_epoch == 8


def test_the_account_is_one_of_the_shares_network(session, person, share, facts):
    mine = account_of(session, person.id, LINKEDIN)
    for network in ("a network", "mastodon"):
        other = {
            name: getattr(mine, name)
            for name in Account.__table__.columns.keys()  # noqa: SIM118 – no mapping
            if name not in {"id", "network", "member_id"}
        }
        session.add(Account(**other, network=network, member_id=network))

    assert facts(share).account is mine


def test_an_answer_for_something_else_is_none(session, person, share, facts):
    for purpose in Purpose:
        if purpose is not Purpose.POST_FOR_ME:
            give(session, person, purpose, "en", "a test", now())
    own = consent_of(session, person)
    assert facts(share).consent_epoch == own.epoch

    own.is_on = False

    assert facts(share).consent_epoch is None


def test_without_an_account_all_else_is_still_known(session, person, share, facts):
    session.delete(account_of(session, person.id, LINKEDIN))
    found = facts(share)
    assert found.account is None
    assert found.consent_epoch == consent_of(session, person).epoch


def test_the_longest_due_comes_first_at_the_databases_time(
    session, person, share, station
):
    begun = database_time(session)
    shares = [queue_due(session, person, make_item(session)) for _two in range(2)]
    for minutes, one in zip((2, 3, 1), (share, *shares), strict=True):
        one.next_at = begun - timedelta(minutes=minutes)
    session.flush()

    found = facts_of(session, station)

    assert [one.share for one in found] == [shares[0], share, shares[1]]
    assert all(begun <= one.at <= database_time(session) for one in found)


def test_what_was_stored_meanwhile_is_seen(session, person, share, facts):
    assert facts(share).person is person
    session.connection().exec_driver_sql("UPDATE share SET reason = 'late'")
    session.connection().exec_driver_sql("UPDATE person SET name = 'Renamed'")

    found = facts(share)

    assert (found.share.reason, found.person.name) == ("late", "Renamed")


def test_a_draft_has_the_pictures_and_the_limits_are_the_networks(
    session, person, station, facts
):
    item = make_item(session, ItemKind.PICTURES)
    media = add_media(session, item, station.outside.files, b"a picture", ".jpg")
    found = facts(queue_due(session, person, item, "In words."))

    network = station.outside.networks[LINKEDIN]
    assert list(found.media) == [media]
    assert found.draft.text == "In words."
    assert found.longest_text == network.longest_text
    assert found.length("(") == network.length("(", mentions=())


@pytest.mark.parametrize(
    ("network", "pauses"),
    [(LINKEDIN, True), ("a network", False), ("mastodon", False)],
)
def test_a_pause_is_one_of_the_shares_network(session, share, facts, network, pauses):
    session.add(PublishingPause(network=network, until=now(), reason="426"))
    assert facts(share).network_pauses is pauses
