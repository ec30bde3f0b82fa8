"""Once per visitor, link and day, without keeping who that is."""

import gc
import pickle
from datetime import date, timedelta

import structlog

from advocacy.links.callers import as_bytes
from advocacy.links.models import Outcome
from advocacy.links.visitors import Visitors

DAY = date(2026, 11, 3)
HOME = "192.0.2.10"
CHROME = "Mozilla/5.0 Chrome"


def visit(visitors, code="aaaaaaaaaaa", *, address=HOME, agent=CHROME, day=DAY, at=0.0):
    return visitors.judge(code, as_bytes(address), agent, day, at)


def test_the_same_visitor_counts_once_a_day_for_each_link():
    visitors = Visitors()
    assert visit(visitors) is Outcome.COUNTED
    assert visit(visitors) is Outcome.AGAIN
    assert visit(visitors, code="bbbbbbbbbbb") is Outcome.COUNTED
    assert visit(visitors, day=DAY + timedelta(days=1)) is Outcome.COUNTED


def test_another_address_or_another_browser_is_another_visitor():
    visitors = Visitors()
    visit(visitors)
    assert visit(visitors, address="192.0.2.11") is Outcome.COUNTED
    assert visit(visitors, agent="Mozilla/5.0 Firefox") is Outcome.COUNTED


def test_several_links_from_one_network_within_seconds_are_a_machine():
    visitors = Visitors()
    first = [visit(visitors, code=c * 11, at=i / 2) for i, c in enumerate("ab")]
    assert first == [Outcome.COUNTED, Outcome.COUNTED]
    neighbour = {"address": "192.0.2.200", "agent": "another"}
    assert visit(visitors, code="c" * 11, at=1.5, **neighbour) is Outcome.SCANNER


def test_several_links_over_a_coffee_are_a_reader():
    visitors = Visitors()
    read = [visit(visitors, code=c * 11, at=i * 20.0) for i, c in enumerate("abcdef")]
    assert set(read) == {Outcome.COUNTED}


def test_many_colleagues_behind_one_address_count_on_one_link():
    visitors = Visitors()
    seen = [visit(visitors, agent=f"{n}", at=n / 100) for n in range(60)]
    assert set(seen) == {Outcome.COUNTED}


def test_strangers_in_different_networks_do_not_spoil_each_other():
    visitors = Visitors()
    addresses = ["192.0.2.1", "198.51.100.1", "2001:db8:1::1", "2001:db8:2::1"]
    seen = [visit(visitors, str(n) * 11, address=a) for n, a in enumerate(addresses)]
    assert set(seen) == {Outcome.COUNTED}


def test_nothing_of_a_visitor_can_be_found_in_memory():
    """Not the address, the browser or the code: hashes under a key of that day."""
    visitors = Visitors()
    visit(visitors, agent="A-Very-Rare-Browser/1.0", address="203.0.113.77")
    held = []
    waiting = [visitors.__dict__[name] for name in ("seen", "recent")]
    while waiting:
        one = waiting.pop()
        held.append(one)
        waiting += gc.get_referents(one) if not isinstance(one, type) else []
    text = b" ".join(pickle.dumps(one) for one in held if isinstance(one, str | bytes))
    assert b"Rare-Browser" not in text
    assert b"203.0.113" not in text
    assert bytes([203, 0, 113]) not in text


def test_the_key_has_256_bits_and_lives_for_one_day():
    visitors = Visitors()
    visit(visitors)
    key, seen = visitors.key, visitors.seen
    assert len(key) == 32
    visit(visitors, day=DAY + timedelta(days=1))
    assert visitors.key != key
    assert not visitors.seen & seen


def test_who_comes_late_from_the_day_before_does_not_begin_it_again():
    """Around midnight some threads still have the old date."""
    visitors = Visitors()
    visit(visitors)
    tomorrow = DAY + timedelta(days=1)
    visit(visitors, day=tomorrow)
    key = visitors.key
    assert visit(visitors, day=DAY) is Outcome.AGAIN
    assert visitors.key == key
    assert visit(visitors, day=tomorrow) is Outcome.AGAIN


def test_of_a_network_that_visits_everything_only_a_few_links_are_remembered():
    visitors = Visitors()
    for number in range(100):
        visit(visitors, code=f"{number:011d}", address=f"192.0.2.{number}")
    assert [len(codes) for codes in visitors.recent.values()] == [3]


def test_a_flood_of_visitors_fills_no_memory():
    visitors = Visitors(most_remembered=3)
    with structlog.testing.capture_logs() as logs:
        seen = [visit(visitors, agent=str(n)) for n in range(9)]
    assert seen == [Outcome.COUNTED] * 3 + [Outcome.AGAIN] * 6
    assert len(logs) == 1


def test_which_network_visited_what_is_forgotten_within_seconds():
    visitors = Visitors()
    for n in range(20):
        visit(visitors, code=f"{n:011d}", address=f"198.51.{n}.1")
    visit(visitors, address="192.0.2.1", at=6.0)
    visit(visitors, address="192.0.2.1", at=12.0)
    assert len(visitors.recent) == len(visitors.before) == 1
