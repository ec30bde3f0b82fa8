"""What only the fast path does: it stands in front of another application."""

import random
from threading import Event, Semaphore, Thread

from advocacy.links.link_cache import LinkCache
from advocacy.links.models import Outcome
from advocacy.links.operations import freeze_links, link_for
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.links.agents import BOTS, PEOPLE
from tests.advocacy.links.conftest import add_item, add_person
from tests.advocacy.links.threads import LONG
from tests.advocacy.links.visiting import CHROME, TARGET, Site, counted, visit


def test_a_link_frozen_meanwhile_leads_on_uncounted(fast_path, visitor, database_url):
    with transaction() as session:
        person = add_person(session, "p@x.example")
        link = link_for(session, add_item(session).id, TARGET, person.id)
    visit(visitor, link.code)  # the process now knows the link by heart
    with transaction() as session:
        freeze_links(session, person.id, "P3", now())
    assert visit(visitor, link.code, agent=CHROME + " again").status_code == 302
    fast_path.cache = LinkCache(fast_path.cache.engine)
    assert visit(visitor, link.code).status_code == 302
    assert counted(fast_path) == {}


def test_everything_else_goes_to_the_application(visitor):
    assert visitor.get("/healthz").json == {"ok": True}
    assert visitor.get("/lists").status_code == 404


def test_a_slow_look_up_and_a_slow_disk_hold_up_nobody_else(
    fast_path, visitor, link, monkeypatch
):
    """All are answered by one event loop."""
    visit(visitor, link.code)
    go_on, waiting = Event(), Semaphore(0)

    def wait(*_asked):
        waiting.release()
        go_on.wait(LONG)

    monkeypatch.setattr(fast_path.cache, "look_up", wait)
    monkeypatch.setattr(fast_path.counter.store, "store", wait)
    monkeypatch.setattr(fast_path.counter.spool, "keep", wait)
    slow = [Thread(target=visit, args=(visitor, code)) for code in ("A" * 11, "B" * 11)]
    slow.append(Thread(target=visit, args=(visitor, link.code, f"{CHROME} Edge")))
    for one in slow:
        one.start()
    for _each in range(4):  # two look-ups, the database, and then the disk
        assert waiting.acquire(timeout=LONG)
    assert visit(visitor, link.code).status_code == 302
    assert visit(visitor, "odd").status_code == 404
    assert all(one.is_alive() for one in slow)
    go_on.set()
    for one in slow:
        one.join()


def test_it_answers_and_counts_as_a_plain_route_does(fast_path, plain_route):
    """Some hundred visits of all kinds, each to both; from one seed, so always the same."""
    fast, plain = Site(fast_path), Site(plain_route)
    links = [_twins(n) for n in range(4)]
    for twins, request in _visits(links, random.Random(11)):  # noqa: S311 – a fixed run
        answers = [
            site.visit(code, **request)
            for site, code in zip((fast, plain), twins, strict=True)
        ]
        one, other = (
            (answer.status_code, dict(answer.headers), answer.data)
            for answer in answers
        )
        assert one == other, request
    counts = fast.counts()
    for first, second in links:
        mine, plainly = (
            {outcome: counts.get((code, outcome)) for outcome in Outcome}
            for code in (first, second)
        )
        assert mine == plainly
    assert {outcome for _, outcome in counts} == set(Outcome)


def _twins(number):
    """Two links to the same item, for two people; the last pair is frozen."""
    with transaction() as session:
        item_id = add_item(session).id
        people = [add_person(session, f"{number}.{n}@x.example").id for n in range(2)]
        codes = [link_for(session, item_id, TARGET, one).code for one in people]
        if number == 3:
            for one in people:
                freeze_links(session, one, "P3", now())
        return tuple(codes)


def _visits(links, random):
    unknown = [("AAAAAAAAAAA", "AAAAAAAAAAA"), ("odd", "odd"), ("a/b", "a/b")]
    agents = [*BOTS.values(), *PEOPLE.values(), *PEOPLE.values()]
    headers = [{}] * 6 + [
        {"Sec-Purpose": "prefetch"},
        {"X-Moz": "Prefetch"},
        {"Sec-Purpose": "navigate"},
        {"Referer": "https://www.linkedin.com/"},
        {"Referer": "https://urldefense.com/v3/__https://a__"},
        {"Referer": "https://user@url.uk.m.mimecastprotect.com:443?x"},
        {"X-Forwarded-For": "192.0.2.99"},
        {"Accept-Language": "nl"},
    ]
    for number in range(100):
        # From one network to at most two links: a third might come too late to be a burst.
        several = random.sample([*links, *links, *unknown], 2)
        agent = random.choice(agents)
        for _ in range(3):
            yield (
                random.choice(several),
                {
                    "agent": agent,
                    "method": random.choice(["GET"] * 8 + ["HEAD", "OPTIONS", "POST"]),
                    "address": f"10.{number}.0.{random.choice('12')}",
                    **random.choice(headers),
                },
            )
    for code in links[:3]:
        yield code, {"address": "2001:db8::1"}
