"""What a visitor of a tracked link gets, and what is counted of it."""

import re

import pytest
from werkzeug.test import Client

from advocacy.links.fast_path import PREFIX, FastPath
from advocacy.links.models import Outcome
from advocacy.links.operations import freeze_links, link_for
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.links.agents import BOTS
from tests.advocacy.links.conftest import add_item, add_person
from tests.advocacy.links.visiting import CHROME, TARGET, counted, visit


def test_a_visitor_is_sent_on_and_counted_once(fast_path, visitor, link):
    answers = [visit(visitor, link.code) for _ in range(3)]
    for answer in answers:
        assert answer.status_code == 302
        assert answer.location == (
            "https://veenstroom.example/cable?x=1&utm_source=linkedin"
            f"&utm_medium=employee&utm_campaign={link.item_id}#map"
        )
        assert dict(answer.headers) == {
            "Location": answer.location,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            "Content-Length": "0",
        }
    assert counted(fast_path) == {Outcome.COUNTED: 1, Outcome.AGAIN: 2}


def test_links_of_different_people_lead_to_the_very_same_address(visitor, database_url):
    with transaction() as session:
        item_id = add_item(session).id
        people = [add_person(session, f"p{n}@x.example").id for n in range(2)]
        codes = [
            link_for(session, item_id, TARGET, one).code for one in [*people, None]
        ]
    addresses = {visit(visitor, code).location for code in codes}
    assert len(addresses) == 1
    assert not any(code in addresses.pop() for code in codes if addresses)


def test_a_program_is_sent_on_uncounted(fast_path, visitor, link):
    """LinkedIn's crawler must see the page, or the post gets no card."""
    answer = visit(visitor, link.code, agent=BOTS["LinkedIn's own crawler"])
    assert answer.status_code == 302
    assert counted(fast_path) == {Outcome.BOT: 1}


def test_a_page_loaded_ahead_is_refused_so_that_the_real_visit_counts(
    fast_path, visitor, link
):
    early = visit(visitor, link.code, **{"Sec-Purpose": "prefetch;prerender"})
    assert (early.status_code, early.headers["Cache-Control"]) == (503, "no-store")
    assert "Location" not in early.headers
    assert visit(visitor, link.code).status_code == 302
    assert counted(fast_path) == {Outcome.PREFETCH: 1, Outcome.COUNTED: 1}


def test_asking_for_the_headers_only_counts_nothing(fast_path, visitor, link):
    answer = visit(visitor, link.code, method="HEAD")
    assert (answer.status_code, answer.data) == (302, b"")
    assert counted(fast_path) == {}


def test_asking_for_the_methods_tells_nothing_of_a_link(fast_path, visitor, link):
    real, unknown = (
        visit(visitor, code, method="OPTIONS") for code in (link.code, "AAAAAAAAAAA")
    )
    assert real.status_code == unknown.status_code == 204
    assert dict(real.headers) == dict(unknown.headers)
    assert counted(fast_path) == {}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_alike(fast_path, visitor, link, method):
    real, unknown = (
        visit(visitor, code, method=method) for code in (link.code, "AAAAAAAAAAA")
    )
    assert real.status_code == unknown.status_code == 405
    assert dict(real.headers) == dict(unknown.headers)
    assert counted(fast_path) == {}


def _without_nonce(answer):
    page = re.sub(r'nonce="[^"]*"', "", answer.text)
    headers = {k: v for k, v in answer.headers if k != "Content-Security-Policy"}
    return answer.status_code, page, headers


def test_unknown_and_misspelt_links_get_the_same_page(visitor, link):
    odd = ["AAAAAAAAAAA", "", "+", "stats", "é", "a/b", "x" * 500, "%00", "..", "later"]
    odd += [link.code + end for end in ("+", "/", "/stats", ".json", "x", " ")]
    odd += [link.code[:-1], link.code.swapcase() + "="]
    pages = [_without_nonce(visit(visitor, code)) for code in odd]
    assert all(page == pages[0] for page in pages)
    status, page, headers = pages[0]
    assert status == 404
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "no-store"
    assert "This link leads nowhere any more" in page
    assert "sign-in" not in page


def test_the_neutral_page_speaks_the_readers_language(visitor):
    answer = visit(visitor, "AAAAAAAAAAA", **{"Accept-Language": "nl"})
    assert '<html lang="nl"' in answer.text


def test_a_question_in_the_address_changes_nothing(visitor, link):
    answer = visitor.get(
        f"{PREFIX}{link.code}?url=https://evil.example/",
        headers={"User-Agent": CHROME},
    )
    assert answer.location.startswith("https://veenstroom.example/cable?x=1&utm_")


def test_a_frozen_link_leads_on_uncounted(fast_path, visitor, database_url):
    with transaction() as session:
        person = add_person(session, "p@x.example")
        link = link_for(session, add_item(session).id, TARGET, person.id)
    visit(visitor, link.code)  # the process now knows the link by heart
    with transaction() as session:
        freeze_links(session, person.id, "P3", now())
    assert visit(visitor, link.code, agent=CHROME + " again").status_code == 302
    fresh = FastPath(fast_path.application, fast_path.known.engine)
    assert visit(Client(fresh), link.code).status_code == 302
    fresh.counter.close()
    assert counted(fast_path) == {}


def test_everything_else_goes_to_the_application(visitor):
    assert visitor.get("/healthz").json == {"ok": True}
    assert visitor.get("/lists").status_code == 404
