"""What is kept of a visit, seen by the application, or logged: next to nothing."""

import gc

from is_crawler import crawler_contact, crawler_url, is_crawler
from sqlalchemy import select, text

from advocacy.links.batches import VisitBatch
from advocacy.links.counting import count_visits
from integrations.clock import now
from integrations.database import transaction
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
