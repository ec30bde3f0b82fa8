"""What a visitor of a tracked link gets, and what is counted of it (privacy.md 3.2).

Each rule holds for the service as it is and for a plain Flask route written apart.
"""

import pytest

from advocacy.links.models import Outcome
from advocacy.links.operations import freeze_links, link_for
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.links.agents import BOTS, PEOPLE
from tests.advocacy.links.conftest import add_item, add_person
from tests.advocacy.links.visiting import CHROME, TARGET


def test_a_visitor_is_sent_on_and_counted_once(site, link):
    answers = [site.visit(link.code) for _ in range(3)]
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
    assert site.counted() == {Outcome.COUNTED: 1, Outcome.AGAIN: 2}


def test_links_of_different_people_lead_to_the_very_same_address(site, database_url):
    codes = links_to_one_item(people=2)
    addresses = {site.visit(code).location for code in codes}
    assert len(addresses) == 1
    address = addresses.pop()
    assert not any(code in address for code in codes)


def test_programs_are_sent_on_uncounted(site, link):
    """LinkedIn's crawler must see the page, or the post gets no card."""
    answers = {site.visit(link.code, agent=one).status_code for one in BOTS.values()}
    assert answers == {302}
    assert site.counted() == {Outcome.BOT: len(BOTS) - 1, Outcome.LINKEDIN: 1}


def test_every_browser_counts_for_itself(site, link):
    for one in PEOPLE.values():
        site.visit(link.code, agent=one)
    assert site.counted() == {Outcome.COUNTED: len(PEOPLE)}


def test_a_page_loaded_ahead_is_refused_so_that_the_real_visit_counts(site, link):
    early = site.visit(link.code, **{"Sec-Purpose": "prefetch;prerender"})
    assert (early.status_code, early.headers["Cache-Control"]) == (503, "no-store")
    assert "Location" not in early.headers
    assert site.visit(link.code).status_code == 302
    assert site.counted() == {Outcome.PREFETCH: 1, Outcome.COUNTED: 1}


def test_what_comes_through_a_mail_filter_is_sent_on_uncounted(site, link):
    rewritten = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa"
    assert site.visit(link.code, Referer=rewritten).status_code == 302
    assert site.visit(link.code, address="148.163.130.7").status_code == 302
    assert site.visit(link.code, address="::ffff:148.163.131.7").status_code == 302
    site.visit(link.code, Referer="https://www.linkedin.com/feed/")
    assert site.counted() == {Outcome.SCANNER: 3, Outcome.COUNTED: 1}


def test_who_visits_three_links_at_once_is_a_machine(site, database_url):
    codes = links_to_one_item(people=3)
    for number, code in enumerate(codes):
        site.visit(code, address=f"198.51.100.{number}", agent=f"{CHROME} {number}")
    assert set(site.counts()) == {
        (codes[0], Outcome.COUNTED),
        (codes[1], Outcome.COUNTED),
        (codes[2], Outcome.SCANNER),
        (codes[3], Outcome.SCANNER),
    }


def test_asking_for_the_headers_only_counts_nothing(site, link):
    answer = site.visit(link.code, method="HEAD")
    assert (answer.status_code, answer.data) == (302, b"")
    early = site.visit(link.code, method="HEAD", Purpose="prefetch")
    assert early.status_code == 302
    assert site.counted() == {}


def test_asking_for_the_methods_tells_nothing_of_a_link(site, link):
    real, unknown = (
        site.visit(code, method="OPTIONS") for code in (link.code, "AAAAAAAAAAA")
    )
    assert real.status_code == unknown.status_code == 204
    assert dict(real.headers) == dict(unknown.headers)
    assert site.counted() == {}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_alike(site, link, method):
    real, unknown = (
        site.visit(code, method=method) for code in (link.code, "AAAAAAAAAAA")
    )
    assert real.status_code == unknown.status_code == 405
    assert dict(real.headers) == dict(unknown.headers)
    assert site.counted() == {}


def test_unknown_and_misspelt_links_get_the_same_page(site, link):
    odd = ["AAAAAAAAAAA", "", "+", "stats", "é", "a/b", "x" * 500, "%00", "..", "later"]
    odd += [link.code + end for end in ("+", "/", "/stats", ".json", "x", " ")]
    odd += [link.code[:-1], link.code.swapcase() + "="]
    answers = [site.visit(code) for code in odd]
    first = answers[0]
    assert first.status_code == 404
    for answer in answers:
        assert answer.status_code == 404
        assert answer.data == first.data
        assert dict(answer.headers) == dict(first.headers)
    assert "This link leads nowhere any more" in first.text
    assert "sign-in" not in first.text
    assert "<script" not in first.text


def test_the_neutral_page_may_be_kept_by_nobody_and_load_nothing_strange(site):
    headers = site.visit("AAAAAAAAAAA").headers
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    empty = site.visit("AAAAAAAAAAA", method="HEAD")
    assert (empty.status_code, empty.data) == (404, b"")
    assert dict(empty.headers) == dict(headers)


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [("nl", "nl"), ("nl-BE,en;q=0.5", "nl"), ("fr", "en"), ("", "en")],
)
def test_the_neutral_page_speaks_the_readers_language(site, accepted, spoken):
    answer = site.visit("AAAAAAAAAAA", **{"Accept-Language": accepted})
    assert f'<html lang="{spoken}"' in answer.text


def test_a_question_in_the_address_changes_nothing(site, link):
    answer = site.visit(f"{link.code}?url=https://evil.example/")
    assert answer.location.startswith("https://veenstroom.example/cable?x=1&utm_")


def test_a_frozen_link_leads_on_uncounted(site, database_url):
    with transaction() as session:
        person = add_person(session, "p@x.example")
        link = link_for(session, add_item(session).id, TARGET, person.id)
        freeze_links(session, person.id, "P3", now())
    assert site.visit(link.code).status_code == 302
    assert site.visit(link.code, agent=BOTS["curl"]).status_code == 302
    assert site.visit(link.code, Purpose="prefetch").status_code == 503
    assert site.counted() == {}


@pytest.mark.parametrize("hops", [1, 2])
def test_each_visitor_behind_our_proxies_is_one(site, link, hops):
    """What visitors write in front of what our proxies add is not believed."""
    ours = ["203.0.113.5", "10.0.0.2"][:hops]
    for told in ("", "1.1.1.1", "2.2.2.2, 3.3.3.3"):
        forwarded = ", ".join(filter(None, [told, *ours]))
        site.visit(link.code, **{"X-Forwarded-For": forwarded})
    others = ", ".join(["203.0.113.6", *ours[1:]])
    site.visit(link.code, **{"X-Forwarded-For": others})
    assert site.counted() == {Outcome.COUNTED: 2, Outcome.AGAIN: 2}


def test_without_a_proxy_nobody_is_believed(site, link):
    for told in ("1.1.1.1", "2.2.2.2"):
        site.visit(link.code, **{"X-Forwarded-For": told})
    assert site.counted() == {Outcome.COUNTED: 1, Outcome.AGAIN: 1}


def links_to_one_item(people):
    """Codes of so many people's links and of the common one."""
    with transaction() as session:
        item_id = add_item(session).id
        owners = [
            *(add_person(session, f"p{n}@x.example").id for n in range(people)),
            None,
        ]
        return [link_for(session, item_id, TARGET, one).code for one in owners]
