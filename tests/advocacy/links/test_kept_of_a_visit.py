"""What is kept of a visit, seen by the application, or logged: next to nothing."""

import gc
from datetime import timedelta

from is_crawler import crawler_contact, crawler_url, is_crawler
from sqlalchemy import select, text

from advocacy.links import click_writer
from advocacy.links.batches import Batch, VisitBatch
from advocacy.links.counting import count_visits
from advocacy.links.models import Outcome
from advocacy.links.shared_visitors import SharedVisitors
from integrations.clock import clock_at, now
from integrations.database import transaction
from tests.advocacy.links.recording import record
from tests.advocacy.links.threads import wait_until
from tests.advocacy.links.visiting import CHROME, visit


def test_the_visit_is_stored_before_the_answer(visitor, link):
    visit(visitor, link.code)
    with transaction() as session:
        stored = session.scalars(select(VisitBatch.visits)).one()
    assert stored == f"{link.code} {now().date()} counted 1"


def test_only_code_day_and_outcome_are_kept(visitor, link):
    visit(visitor, link.code)
    count_visits(None)
    with transaction() as session:
        assert session.execute(text("SELECT * FROM visit_batch")).all() == []
        row = session.execute(text("SELECT * FROM click_day")).mappings().one()
    assert dict(row) == {
        "code": link.code,
        "day": now().date(),
        "outcome": "counted",
        "visits": 1,
    }


def test_flask_is_never_asked(fast_path, visitor, link):
    fast_path.application = None
    for code in (link.code, "AAAAAAAAAAA", "odd"):
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            visit(visitor, code, method=method)


def test_nothing_of_a_visitor_stays_in_memory(fast_path, visitor, link):
    """Not in what the fast path holds, and not in what libraries remember."""
    for agent in (
        f"{CHROME} Zz-Rare/1",
        "Mozilla/5.0 (X11; zz@rare.example) Gecko",
        "Mozilla/5.0 (X11) Gecko http://rare.example/",
    ):
        headers = {"Referer": "https://zz-rare.example/", "Accept-Language": "zz-rare"}
        visit(visitor, link.code, agent=agent, address="203.0.113.77", **headers)
    told = b" ".join(texts_held_by(fast_path.visitors, fast_path.agents)).lower()
    assert b"rare" not in told
    assert b"203.0.113" not in told
    assert bytes([203, 0, 113]) not in told
    for remembering in (is_crawler, crawler_contact, crawler_url):
        assert remembering.cache_info().currsize == 0


def texts_held_by(*waiting):
    """Every text reachable from these, types left out."""
    waiting, met = list(waiting), set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str | bytes):
            yield one.encode() if isinstance(one, str) else one
        if id(one) not in met and not isinstance(one, type):
            met.add(id(one))
            waiting += gc.get_referents(one)


def test_nothing_of_a_visit_is_logged(visitor, link, caplog, capfd):
    caplog.set_level("DEBUG", "advocacy")
    for agent in (CHROME, "curl/8"):
        visit(visitor, link.code, agent=agent)
        visit(visitor, "AAAAAAAAAAA", agent=agent)
    told = capfd.readouterr()
    text_ = caplog.text + told.out + told.err
    for secret in (link.code, "AAAAAAAAAAA", "192.0.2.7", CHROME):
        assert secret not in text_


def test_at_midnight_all_is_forgotten_although_nobody_comes(
    fast_path, visitor, link, monkeypatch
):
    """The day's key lives for 24 hours at most (privacy.md 6)."""
    monkeypatch.setattr(click_writer, "until_midnight", lambda: 0.05)
    with clock_at(now() - timedelta(days=1)):
        visit(visitor, link.code)
    key = fast_path.visitors.key
    wait_until(lambda: fast_path.visitors.key != key)
    assert not fast_path.visitors.seen
    assert not fast_path.visitors.recent
    assert not fast_path.agents.judged


def test_at_midnight_all_is_forgotten_while_the_database_is_away(
    fast_path, visitor, link, away
):
    fast_path.counter.store.engine = away
    with clock_at(now() - timedelta(days=1)):
        assert visit(visitor, link.code).status_code == 302
    key = fast_path.visitors.key
    wait_until(lambda: fast_path.visitors.key != key)
    assert not fast_path.visitors.seen


def test_visitors_of_a_batch_are_forgotten_once_it_is_on_the_disk(writer, code):
    """Without having been asked about; somebody may hold the batch until the next visit."""
    batch = Batch()
    batch.add((code, now().date(), Outcome.COUNTED.value), b"a visitor")
    writer.keep(batch)
    assert batch.stored
    assert not batch.firsts


def test_at_midnight_the_shared_key_is_forgotten_too(server, writer, code, monkeypatch):
    monkeypatch.setattr(click_writer, "until_midnight", lambda: 0.05)
    writer.shared = SharedVisitors(server.address)
    day = now().date() - timedelta(days=1)
    writer.shared.begin(day)
    key = writer.shared._key  # noqa: SLF001 – nothing else shows that it is gone
    record(writer, code, day, Outcome.BOT, wait=False)
    wait_until(lambda: writer.shared._key != key)  # noqa: SLF001
