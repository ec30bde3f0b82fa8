"""Making links, and taking the person off them."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from advocacy.consent.models import Purpose
from advocacy.links.models import ClickDay, Link, Outcome
from advocacy.links.operations import freeze_links, link_for
from advocacy.links.queries import visits_of
from advocacy.people.models import Person
from integrations.database import transaction
from tests.advocacy.links.conftest import add_item, add_person
from tests.advocacy.links.stored_visits import count_now

TARGET = "https://veenstroom.example/cable"
DAY = date(2026, 11, 3)
AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_without_a_person_everybody_gets_the_items_common_link(session, item):
    first = link_for(session, item.id, TARGET, None)
    assert link_for(session, item.id, TARGET, None).code == first.code
    assert first.person_id is None


def test_with_a_person_every_share_gets_a_code_of_its_own(session, item, person):
    codes = {link_for(session, item.id, TARGET, person.id).code for _ in range(3)}
    common = link_for(session, item.id, TARGET, None)
    assert len(codes) == 3
    assert common.code not in codes


def test_a_link_that_is_out_keeps_its_address_when_the_item_gets_another(session, item):
    old = link_for(session, item.id, TARGET, None)
    new = link_for(session, item.id, TARGET + "/new", None)
    assert (old.target, new.target) == (TARGET, TARGET + "/new")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "//evil.example/x",
        "ftp://a.example",
        "https://a.example/\r\nX: 1",
        "https://a.example/a b",
    ],
)
def test_the_database_refuses_what_is_no_web_address(session, item, target):
    with pytest.raises(IntegrityError):
        link_for(session, item.id, target, None)


def test_two_people_who_come_first_at_once_get_the_same_link(database_url):
    with transaction() as session:
        item_id = add_item(session).id
    codes = []

    def ask():
        with transaction() as session:
            codes.append(link_for(session, item_id, TARGET, None).code)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 8
    assert len(set(codes)) == 1


def test_withdrawal_freezes_the_links_and_forgets_their_counts(session, item, person):
    other = add_person(session, "joost@veenstroom.example")
    mine = link_for(session, item.id, TARGET, person.id)
    theirs = link_for(session, item.id, TARGET, other.id)
    common = link_for(session, item.id, TARGET, None)
    links = (mine, theirs, common)
    count_now(session, [(link.code, DAY, Outcome.COUNTED, 4) for link in links])

    freeze_links(session, person.id, Purpose.COUNT_MY_CLICKS, AT)
    count_now(session, [(link.code, DAY, Outcome.COUNTED, 1) for link in links])

    session.refresh(mine)
    assert (mine.frozen, mine.person_id, mine.target) == (True, None, TARGET)
    counts = dict(session.execute(select(ClickDay.code, ClickDay.visits)).all())
    assert counts == {theirs.code: 5, common.code: 5}
    assert visits_of(session, person.id) == {}


def test_withdrawing_another_purpose_leaves_links_alone(session, item, person):
    link = link_for(session, item.id, TARGET, person.id)
    for purpose in set(Purpose) - {Purpose.COUNT_MY_CLICKS}:
        freeze_links(session, person.id, purpose, AT)
    session.refresh(link)
    assert (link.frozen, link.person_id) == (False, person.id)


def test_a_person_with_links_can_be_deleted_beside_a_common_link(session, item):
    person = add_person(session, "gone@veenstroom.example")
    link = link_for(session, item.id, TARGET, person.id)
    link_for(session, item.id, TARGET, person.id)
    common = link_for(session, item.id, TARGET, None)
    session.execute(delete(Person).where(Person.id == person.id))
    session.expire_all()
    assert session.get(Link, link.code).person_id is None
    assert link_for(session, item.id, TARGET, None).code == common.code
